// A headless browser: the one that is named, else on Linux x86_64 the Chromium that is an npm package, else the one that is installed.
import { chromium } from 'playwright-core';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export async function launch(named) {
  const options = { args: ['--no-sandbox', '--disable-gpu'], timeout: 600_000 };
  const executablePath = named || (process.platform === 'linux' && process.arch === 'x64' ? await unpacked() : onPath());
  // Without a path, Playwright looks where Chrome's own installer puts it on macOS and Windows.
  return chromium.launch(executablePath ? { ...options, executablePath } : { ...options, channel: 'chrome' });
}

function onPath() {
  return (process.env.PATH ?? '').split(delimiter)
    .flatMap(folder => NAMES.map(name => join(folder, name)))
    .find(existsSync);
}

// The package unpacks the browser into the folder of temporary files, with the libraries that it needs only where it takes the machine for
// AWS Lambda's. Here that folder is one of the build's, unpacked once: each run has its own, and one that was broken off is done again.
async function unpacked() {
  const home = resolve('browser');
  const done = join(home, 'unpacked');
  if (!existsSync(done)) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
  }
  process.env.TMPDIR = home;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  // The import sets LD_LIBRARY_PATH and FONTCONFIG_PATH, which the browser inherits.
  const path = await (await import('@sparticuz/chromium')).default.executablePath();
  if (!existsSync(done)) {
    // Its fonts are looked for in /tmp; without one a page has no text.
    const fonts = join(home, 'fonts', 'fonts.conf');
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/', `${home}/`));
    writeFileSync(done, '');
  }
  return path;
}
