// Uses the function's page for a person's own file, as that person would: node inspect.mjs [BROWSER], with one JSON document on standard input:
//   local, hosted   addresses of the page: on the reader's own machine, and where callers show a secret
//   secret          that secret
//   files           a folder of files to choose, by their names
//   screenshots     a folder for screenshots
// Prints what it saw as one JSON document.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { launch } from './browser.mjs';

const order = JSON.parse(await text(process.stdin));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch(process.argv[2]);
const seen = {};
const requests = [];
const complaints = [];

async function open(url, look) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...look });
  const page = await context.newPage();
  // A busy machine is no fault of a page.
  page.setDefaultTimeout(600_000);
  page.on('request', request => requests.push(request.method() + ' ' + request.url()));
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('dialog', dialog => { complaints.push('a dialog: ' + dialog.message()); dialog.dismiss(); });
  const response = await page.goto(url, { waitUntil: 'load' });
  return { page, policy: response.headers()['content-security-policy'] };
}

const settled = page => page.waitForFunction(() => document.getElementById('progress').hidden && !document.getElementById('status').textContent.startsWith('Reading'));
const shown = (page, id) => page.locator('#' + id).innerText();

async function choose(page, name) {
  await page.locator('#file').setInputFiles(join(order.files, name));
  await settled(page);
}

async function facts(page) {
  return page.evaluate(() => {
    const of = id => document.getElementById(id);
    const rows = id => [...document.querySelectorAll('#' + id + ' tbody tr')].map(row => [...row.cells].map(cell => cell.innerText));
    return {
      status: of('status').textContent,
      trouble: of('trouble').hidden ? '' : of('trouble').textContent,
      result: !of('result').hidden,
      read: of('read').innerText,
      notes: of('notes').innerText,
      wrong: of('wrong').innerText,
      columns: Object.fromEntries([...document.querySelectorAll('#map select')].map(select => [select.id.slice(2), select.value])),
      order: [...document.querySelectorAll('#map tbody th')].map(cell => cell.textContent),
      map: rows('map'),
      unmapped: rows('unmapped').map(cells => cells[0]),
      people: rows('people'),
      peopleText: of('people').innerText,
      json: of('json').value,
      needed: of('needed').textContent,
      sheet: of('sheet').value,
      tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
}

async function violations(page, rules = {}) {
  await page.evaluate(axe);
  return page.evaluate(async rules => {
    const result = await axe.run(document, { resultTypes: ['violations'], ...rules });
    return result.violations.map(violation => violation.id + ': ' + violation.help + ' ' + violation.nodes.slice(0, 2).map(node => node.html).join(' '));
  }, rules);
}

// A file with mistakes in it: what is wrong, and its mapping, changed by mouse and by keyboard.
{
  const { page, policy } = await open(order.local, { viewport: { width: 1280, height: 900 }, colorScheme: 'light', acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  seen.policy = policy;
  seen.secretAsked = await page.locator('#secret').isVisible();
  seen.emptyViolations = await violations(page);
  await choose(page, 'personal.csv');
  seen.proposed = await facts(page);
  seen.violations = await violations(page);
  await page.screenshot({ path: join(order.screenshots, 'your-file.whole.png'), fullPage: true });
  const top = await page.locator('#wrong').evaluate(part => part.closest('section').getBoundingClientRect().top + scrollY);
  await page.screenshot({ path: join(order.screenshots, 'your-file.png'), fullPage: true, clip: { x: 0, y: top - 10, width: 1280, height: 1250 } });

  await page.selectOption('#c-displayName', 'Nachname');
  await settled(page);
  seen.byMouse = await facts(page);

  // By keyboard alone: a letter chooses in a list, the focus stays where it was, and the next field is one Tab away.
  await page.focus('#c-displayName');
  await page.keyboard.type('Vor');
  await settled(page);
  seen.byKeyboard = await facts(page);
  seen.focus = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('Tab');
  seen.nextFocus = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('Space');
  await settled(page);
  seen.lower = await facts(page);
  seen.stillFocus = await page.evaluate(() => document.activeElement.id);

  await page.getByLabel('Abteilung', { exact: true }).check();
  await settled(page);
  seen.grouped = await facts(page);
  await page.getByLabel('Abteilung', { exact: true }).uncheck();
  await settled(page);

  await page.selectOption('#c-externalId', '');
  await page.waitForFunction(() => document.getElementById('people').textContent.includes('No one'));
  seen.withoutId = await facts(page);
  await page.selectOption('#c-externalId', 'Personalnummer');
  await settled(page);

  const saved = page.waitForEvent('download');
  await page.click('#save');
  const download = await saved;
  seen.saved = { name: download.suggestedFilename(), json: readFileSync(await download.path(), 'utf8') };
  await page.click('#copy');
  await page.waitForFunction(() => document.getElementById('status').textContent === 'Copied.');
  seen.copied = await page.evaluate(() => navigator.clipboard.readText());

  await page.fill('#json', JSON.stringify({ ...JSON.parse(seen.copied), profile: { userName: 'Nirgends' } }));
  await page.click('#apply');
  await settled(page);
  seen.wrongColumn = await facts(page);
  await page.fill('#json', '{"externalId": "Personalnummer", "profil": {}}');
  await page.click('#apply');
  await settled(page);
  seen.wrongMapping = await facts(page);
  await page.fill('#json', '{"externalId": ');
  await page.click('#apply');
  seen.noJson = await shown(page, 'trouble');
  await page.fill('#json', 'null');
  await page.click('#apply');
  seen.noObject = await shown(page, 'trouble');

  // Nothing but the page's own script runs.
  const before = complaints.length;
  await page.evaluate(() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); });
  seen.foreignScriptRan = await page.evaluate(() => window.ran === true);
  seen.policyReported = complaints.splice(before).join(' ');
  await page.context().close();
}

// On a phone, in the dark, and by dropping the file.
{
  const { page } = await open(order.local, { viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true, hasTouch: true });
  const name = 'personal.csv';
  const bytes = readFileSync(join(order.files, name)).toString('base64');
  await page.evaluate(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
    document.getElementById('drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, { name, bytes });
  await settled(page);
  seen.phone = await facts(page);
  seen.phoneViolations = await violations(page);
  await page.screenshot({ path: join(order.screenshots, 'your-file.phone-dark.png'), fullPage: true });
  await page.context().close();
}

// Other files: what each looks like, one after the other on one page.
{
  const { page } = await open(order.local, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await page.evaluate(() => {
    window.progress = [];
    new MutationObserver(() => window.progress.push(document.getElementById('progress').value)).observe(document.getElementById('progress'), { attributes: true });
  });
  seen.files = {};
  for (const name of order.chosen) {
    await choose(page, name);
    seen.files[name] = await facts(page);
  }
  seen.progress = await page.evaluate(() => window.progress);
  await choose(page, 'sheets.xlsx');
  await page.selectOption('#sheet', { index: 1 });
  await settled(page);
  seen.otherSheet = await facts(page);
  await choose(page, 'two.xlsx');
  seen.firstSheet = await facts(page);
  await page.selectOption('#sheet', 'Two');
  await settled(page);
  seen.secondSheet = await facts(page);
  await page.click('button[type=submit]');
  await settled(page);
  seen.stillSecondSheet = await facts(page);
  await choose(page, 'keys.csv');
  await page.fill('#json', '{"externalId": "Employee ID", "profile": {"userName": {"from": "Work Email"}, "email": "Work Email"}}');
  await page.click('#apply');
  await settled(page);
  seen.keys = await facts(page);

  await choose(page, 'meaningless.csv');
  seen.profiles = [(await facts(page)).json];
  for (const [property, column] of [['externalId', 'Colour'], ['displayName', 'Shape'], ['displayName', '']]) {
    await page.selectOption('#c-' + property, column);
    await settled(page);
    seen.profiles.push((await facts(page)).json);
  }

  // Changed on disk, as a browser tells by its time.
  const path = join(order.files, 'changing.csv');
  writeFileSync(path, 'External ID,User Name\n7,ana@example.com\n');
  await choose(page, 'changing.csv');
  writeFileSync(path, 'External ID,User Name\n7,bo@example.com\n');
  utimesSync(path, new Date(), new Date(Date.now() + 60_000));
  await page.click('#import');
  await page.waitForFunction(() => document.getElementById('log').textContent);
  seen.changed = { log: await shown(page, 'log') };
  await page.click('button[type=submit]');
  await settled(page);
  seen.changed.trouble = (await facts(page)).trouble;
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('#file')]);
  seen.changed.chosen = await page.evaluate(() => document.getElementById('file').value);
  await chooser.setFiles(path);
  await settled(page);
  seen.changed.again = await facts(page);
  await page.context().close();
}

// Imported here, as far as the report.
{
  const { page } = await open(order.local, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await choose(page, 'right.csv');
  await page.click('#import');
  await page.waitForSelector('#open');
  seen.log = await shown(page, 'log');
  seen.importViolations = await violations(page);
  await page.click('#open');
  await page.waitForSelector('.verdict');
  seen.report = { url: page.url(), verdict: await page.locator('.verdict').innerText(), title: await page.title() };
  await page.context().close();
}

// Where callers show a secret: it is kept in memory only.
{
  const { page } = await open(order.hosted, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  seen.hosted = { app: await page.inputValue('#app'), emptyStatus: '' };
  await page.click('button[type=submit]');
  await page.fill('#app', order.app);
  await choose(page, 'right.csv');
  seen.hosted.without = await facts(page);
  seen.hosted.focus = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.type(order.secret);
  await page.keyboard.press('Enter');
  await settled(page);
  seen.hosted.with = await facts(page);
  seen.hosted.importOffered = await page.locator('#local').isVisible();
  seen.hosted.stores = await page.evaluate(async () => ({
    local: localStorage.length, session: sessionStorage.length, cookies: document.cookie, url: location.href,
    html: document.documentElement.outerHTML, databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  }));
  await page.reload();
  seen.hosted.afterReload = await page.inputValue('#secret');
  await page.context().close();
}

await browser.close();
console.log(JSON.stringify({ ...seen, requests: [...new Set(requests.map(request => request.replace(basename(order.files), 'FILES')))], complaints }));
