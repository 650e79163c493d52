// Holds a CloudFormation template, as JSON on standard input, against AWS's own descriptions of its resource types: types and properties
// that don't exist, required ones that are missing, values of another kind. Prints a line for each fault.
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const spec = loadAwsServiceSpecSync();
// What the package's description of AWS SAM, which is older than it, doesn't know yet.
const NEWER = { 'AWS::Serverless::Function': ['SnapStart', 'LoggingConfig', 'AutoPublishAliasAllProperties'] };
const template = JSON.parse(readFileSync(0, 'utf8'));
const faults = [];

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const isIntrinsic = value =>
  isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::.*)$/.test(Object.keys(value)[0]);

// The values that an Fn::If can come to; none for AWS::NoValue.
function alternatives(value) {
  if (isIntrinsic(value) && value['Fn::If']) {
    return value['Fn::If'].slice(1).flatMap(alternatives);
  }
  return isIntrinsic(value) && value.Ref === 'AWS::NoValue' ? [] : [value];
}

function checkProperties(values, properties, path, newer = []) {
  for (const name of Object.keys(values)) {
    if (properties[name]) {
      alternatives(values[name]).forEach(value => check(value, properties[name].type, `${path}/${name}`));
    } else if (!newer.includes(name)) {
      faults.push(`${path}/${name}: there is no such property`);
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.required && values[name] === undefined) {
      faults.push(`${path}/${name}: is missing`);
    }
  }
}

function faultsOf(action) {
  const before = faults.length;
  action();
  return faults.splice(before);
}

function check(value, type, path) {
  if (isIntrinsic(value)) {
    return;
  }
  switch (type.type) {
    case 'string':
      return typeof value === 'object' ? wrong(path, type) : undefined;
    case 'number':
    case 'integer':
      return Number.isFinite(Number(value)) && typeof value !== 'object' ? undefined : wrong(path, type);
    case 'boolean':
      return ['true', 'false'].includes(String(value)) ? undefined : wrong(path, type);
    case 'array':
      return Array.isArray(value)
        ? value.flatMap(alternatives).forEach((element, i) => check(element, type.element, `${path}/${i}`))
        : wrong(path, type);
    case 'map':
      return isObject(value)
        ? Object.entries(value).forEach(([key, element]) =>
            alternatives(element).forEach(one => check(one, type.element, `${path}/${key}`)))
        : wrong(path, type);
    case 'ref':
      return isObject(value) ? checkProperties(value, spec.get('typeDefinition', type.reference.$ref).properties, path) : wrong(path, type);
    case 'union': {
      const found = type.types.map(one => faultsOf(() => check(value, one, path)));
      if (!found.some(list => list.length === 0)) {
        faults.push(...found.reduce((best, list) => (list.length <= best.length ? list : best)));
      }
      return;
    }
    default: // json, dateTime, tag, null
  }
}

function wrong(path, type) {
  faults.push(`${path}: should be of the type ${type.type}`);
}

for (const [name, resource] of Object.entries(template.Resources)) {
  const [described] = spec.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
  if (described === undefined) {
    faults.push(`${name}: there is no type ${resource.Type}`);
  } else {
    const global = resource.Type === 'AWS::Serverless::Function' ? template.Globals?.Function : {};
    checkProperties({ ...global, ...resource.Properties }, described.properties, name, NEWER[resource.Type]);
  }
}
faults.forEach(fault => console.log(fault));
