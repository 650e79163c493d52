// Checks definitions of state machines: node definitions.mjs path… Prints a line for each fault, and nothing where there is none.
import { readFileSync } from 'node:fs';
import validator from 'asl-validator';

const validate = validator.default ?? validator;
for (const path of process.argv.slice(2)) {
  const { isValid, errors } = validate(JSON.parse(readFileSync(path, 'utf8').replaceAll('${Partition}', 'aws')));
  if (!isValid) {
    errors.forEach(error => console.log(`${path}: ${JSON.stringify(error)}`));
  }
}
