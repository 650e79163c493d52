// Lambda takes 6 MB a request, and Base64 makes 4 bytes of 3.
const START = 4000000, PIECE = 786432, COLUMNS = 1000, ROWS = 20;
const WHY = {exact: 'the same name', label: 'the same label', vendor: 'a system’s name for it', synonym: 'means the same', content: 'by its cells', given: 'your choice', none: ''};
const UNREADABLE = 'The file could not be read. If it was changed or moved, choose it again.';
const base = location.pathname.replace(/\/?$/, '/');
const local = document.body.dataset.local;
// What was chosen, its start in Base64, the sheet that a person wants, the function's answer, the mapping as it is now, and whether a person has changed it.
let file = null, content = '', layout = null, answer = null, mapping = null, changed = false, turn = 0;

async function read(mine) {
  const size = Math.min(file.size, START);
  const pieces = [];
  for (let at = 0; at < size && mine === turn; at += PIECE) {
    const bytes = new Uint8Array(await file.slice(at, Math.min(at + PIECE, size)).arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
    pieces.push(btoa(text));
    $('progress').value = Math.min(1, (at + PIECE) / size);
  }
  return pieces.join('');
}

async function ask(given) {
  const body = {fileName: file.name, content, size: file.size, importOperation: $('operation').value};
  if (given) body.mapping = given;
  const headers = {'Content-Type': 'application/json'};
  if ($('secret').value) headers['X-Import-Secret'] = $('secret').value;
  let response, text;
  try {
    response = await fetch(base + 'applications/' + encodeURIComponent($('app').value) + '/inspect', {method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin'});
    text = await response.text();
  } catch (e) {
    throw new Error('The function could not be reached.');
  }
  try {
    return {ok: response.ok, status: response.status, json: JSON.parse(text)};
  } catch (e) {
    return {ok: false, status: response.status, json: {}};
  }
}

// Looks at the file by a mapping, or at what it says of the file (its sheet) alone, or without one. What an earlier turn answers is too late.
async function inspect(given) {
  if (!file || !$('form').reportValidity()) return;
  const mine = ++turn;
  try {
    if (/\.xlsx$/i.test(file.name) && file.size > START) {
      forget();
      trouble('A workbook can only be read whole, and this one is too large for one request (' + count(START / 1000000, 'megabyte') + '). Save its sheet as CSV UTF-8 and choose that file.');
      return;
    }
    say('Reading ' + file.name + ' …');
    $('progress').hidden = false;
    if (!content) {
      const all = await read(mine);
      if (mine !== turn) return;
      content = all;
    }
    $('progress').removeAttribute('value');
    const got = await ask(given);
    if (mine !== turn) return;
    if (!got.ok) {
      if (given) outdate(); else forget();
      const errors = (got.json.errors || []).slice(0, ROWS).map(e => (e.field ? e.field + ' ' : '') + e.message);
      trouble([got.json.detail || got.json.title || got.json.message || 'The function answered ' + got.status, ...errors.filter(e => !(got.json.detail || '').includes(e))].join('\n'));
      if (got.status === 401 || got.status === 403) $('secret').focus();
      return;
    }
    answer = got.json;
    answer.bare = !given;
    if (!changed) mapping = answer.mapping || open();
    show();
    say('Read ' + count(answer.records, 'record') + (answer.complete ? '.' : ' of the start of the file. The rest of it wasn’t looked at.'));
  } catch (e) {
    if (mine !== turn) return;
    if (given) outdate();
    trouble(e instanceof DOMException ? UNREADABLE : e.message);
  } finally {
    if (mine === turn) $('progress').hidden = true;
  }
}

function forget() { answer = null; $('result').hidden = true; }

// What was found with an earlier mapping says nothing about the one that is refused now.
function outdate() {
  if (!answer) return;
  $('wrong').replaceChildren(el('p', 'The file was not looked at with this mapping: see above.', {class: 'bad'}));
  $('people').replaceChildren();
}

// What a person has changed, or else the sheet that a person wants.
const again = () => inspect(changed ? mapping : layout && {file: layout});

// No column can be the external ID: what was found for the other properties is kept until a person chooses one.
function open() {
  const profile = {};
  answer.properties.forEach(p => { if (p.from && p.name !== 'externalId') profile[p.name] = p.from; });
  return Object.assign({externalId: ''}, Object.keys(profile).length && {profile}, layout && {file: layout});
}

function choose(chosen) {
  file = chosen;
  content = '';
  layout = null;
  changed = false;
  $('report').replaceChildren();
  $('log').replaceChildren();
  inspect(null);
}

function show() {
  $('result').hidden = false;
  $('local').hidden = !local;
  const facts = [['Format', answer.format], ['Separator', answer.separator], ['Encoding', answer.encoding], ['Sheet', answer.sheet], ['Records', answer.records.toLocaleString('en')]].filter(f => f[1]);
  $('read').replaceChildren(table('', facts.map(f => f[0]), [facts.map(f => f[1])]));
  const sheets = [answer.sheet, ...(answer.otherSheets || [])];
  $('sheets').hidden = sheets.length < 2;
  $('sheet').replaceChildren(...sheets.map(s => el('option', s, {value: s})));
  $('notes').replaceChildren(...(answer.notes || []).map(note => el('p', note)));
  wrong();
  rules();
  people();
  written();
}

const asItIs = () => answer.bare && !answer.problem && !changed;

function written() {
  $('json').value = JSON.stringify(mapping, null, 2);
  $('needed').textContent = asItIs() ? 'This file can be imported as it is; a mapping isn’t needed. With one, only what it names is sent.' : 'Put it beside the file in the bucket, or into a folder above it.';
}

function wrong() {
  const parts = [], place = answer.format === 'json' ? 'Index' : 'Line';
  const tried = answer.bare && answer.problem ? answer.mappingProblem : answer.problem, below = answer.bare && answer.problem ? ' with the mapping below.' : '.';
  if (answer.problem) parts.push(el('p', (answer.bare ? 'Without a mapping: ' : '') + answer.problem.detail, {class: 'bad'}));
  if (tried && !answer.errorKinds.length) {
    if (tried !== answer.problem) parts.push(el('p', 'With the mapping below: ' + tried.detail, {class: 'bad'}));
    if (tried.errors) parts.push(table('', ['Field', 'What is wrong'], tried.errors.slice(0, ROWS).map(e => [e.field, e.message])));
  }
  if (answer.errorKinds.length) {
    parts.push(el('p', count(answer.rejectedCount, 'record') + ' of ' + answer.records.toLocaleString('en') + (answer.rejectedCount === 1 ? ' is' : ' are') + ' invalid' + below));
    parts.push(table('By kind', ['Field', 'What is wrong', 'Records', place === 'Line' ? 'First lines' : 'First indexes'], answer.errorKinds.map(k => [k.field, k.message, k.count, k.places.join(', ')])));
    parts.push(table('The first ones', [place, 'External ID', 'Field', 'What is wrong'], answer.errors.slice(0, ROWS).map(e => [e.line === undefined ? e.index : e.line, e.externalId, e.field, e.message])));
  } else if (!tried && (!answer.problem || mapping.externalId)) {
    parts.push(el('p', 'No record is invalid' + below, {class: 'good'}));
  }
  if (answer.skipped) parts.push(el('p', 'The mapping skips ' + count(answer.skipped, 'record') + '.'));
  if (answer.deactivations) parts.push(el('p', count(answer.deactivations, 'record') + ' would be deactivated.'));
  $('wrong').replaceChildren(...parts);
}

const ruleOf = name => name === 'externalId' ? mapping.externalId : (mapping.profile || {})[name];
const columnOf = rule => typeof rule === 'string' ? rule : rule && typeof rule.from === 'string' ? rule.from : '';
const groupRules = () => [mapping.groups || []].flat().filter(rule => rule && typeof rule === 'object');
// The columns that a rule refers to, and those of the whole mapping; its other texts may be equal to a column's name.
const columnsOf = rule => (rule && typeof rule === 'object' ? [rule.from, rule.join, rule.when].flat() : [rule]).filter(name => typeof name === 'string');
const used = () => new Set([
  mapping.externalId, ...Object.values(mapping.profile || {}),
  ...groupRules().flatMap(rule => [rule.externalId, rule.displayName, rule.description]),
  ...[mapping.deactivate, mapping.skip].flat(),
].flatMap(columnsOf));
// What a rule does beside the column, lower case and the date.
const rest = rule => Object.entries(rule || {}).filter(([key]) => !['from', 'lower', 'date'].includes(key))
  .map(([key, value]) => key + ' ' + (Array.isArray(value) ? value.join(' + ') : typeof value === 'object' ? '(' + Object.keys(value).length + ')' : value)).join(', ');

function change(name, rule) {
  changed = true;
  if (name === 'externalId') mapping.externalId = rule || '';
  else {
    mapping.profile = mapping.profile || {};
    if (rule) mapping.profile[name] = rule; else delete mapping.profile[name];
  }
  apply();
}

function apply() {
  // An import refuses an empty profile.
  if (!Object.keys(mapping.profile || {}).length) delete mapping.profile;
  written();
  rules();
  if (!mapping.externalId) { people(); say('Choose the column of the external ID: one that each person keeps for good.'); return; }
  inspect(mapping);
}

function columns(first, chosen) {
  const list = document.createDocumentFragment();
  list.append(el('option', first, {value: ''}));
  answer.columns.slice(0, COLUMNS).forEach(c => list.append(el('option', c.name, {value: c.name})));
  if (chosen && !answer.columns.slice(0, COLUMNS).some(c => c.name === chosen)) list.append(el('option', chosen, {value: chosen}));
  return list;
}

function rules() {
  const focused = document.activeElement && document.activeElement.id;
  const rows = answer.properties.slice().sort((a, b) => b.required - a.required).map(p => {
    const rule = ruleOf(p.name), made = rule && typeof rule === 'object', column = columnOf(rule);
    const other = made && !column;
    const select = el('select', null, {id: 'c-' + p.name, 'aria-label': 'Column for ' + p.title});
    select.append(columns('– not mapped –', column));
    if (other) select.append(el('option', Array.isArray(rule.from) ? rule.from.join(', else ') : 'as in the JSON below', {value: '*'}));
    select.value = other ? '*' : column;
    select.addEventListener('change', () => select.value !== '*' && change(p.name, select.value && made && !other ? Object.assign({}, rule, {from: select.value}) : select.value));
    const lower = el('input', null, {type: 'checkbox', id: 'l-' + p.name, 'aria-label': 'Lower case for ' + p.title});
    lower.checked = !!(made && rule.lower);
    const date = el('input', null, {id: 'd-' + p.name, 'aria-label': 'Date pattern for ' + p.title, placeholder: 'dd/MM/yyyy', spellcheck: 'false'});
    date.value = made && rule.date || '';
    lower.disabled = date.disabled = !rule || other && !rule.from;
    const edit = () => {
      const next = Object.assign({}, made ? rule : {from: rule});
      if (lower.checked) next.lower = true; else delete next.lower;
      if (date.value) next.date = date.value; else delete next.date;
      change(p.name, Object.keys(next).length === 1 && typeof next.from === 'string' ? next.from : next);
    };
    lower.addEventListener('change', edit);
    date.addEventListener('change', edit);
    const found = answer.columns.find(c => c.name === column), same = p.from === column || Array.isArray(p.from);
    const cell = el('div');
    cell.append(select, el('div', [rule ? same ? WHY[p.why] : WHY.given : '', made ? rest(rule) : ''].filter(text => text).join('; '), {class: 'soft'}));
    return [p.title + (p.required ? ' (required)' : ''), cell, found ? found.samples.join(' · ') : '', lower, date];
  });
  $('map').replaceChildren(table('', ['Property', 'Column', 'Samples', 'Lower case', 'Date pattern'], rows));
  const taken = used(), free = answer.columns.filter(c => !taken.has(c.name));
  const left = answer.properties.filter(p => !ruleOf(p.name));
  const unused = free.slice(0, COLUMNS).map((c, i) => {
    const select = el('select', null, {id: 'u-' + i, 'aria-label': 'Use ' + c.name + ' for'});
    select.append(el('option', '–', {value: ''}), ...left.map(p => el('option', p.title, {value: p.name})));
    select.addEventListener('change', () => change(select.value, c.name));
    return [c.name, c.samples.join(' · '), select];
  });
  $('unmapped').replaceChildren(free.length ? table('Not mapped, and never sent', ['Column', 'Samples', 'Use for'], unused) : el('p', 'Every column is mapped.', {class: 'soft'}));
  groups();
  if (focused && /^[cldug]-/.test(focused)) ($(focused) || $('map')).focus();
}

// A column of few values may make people members of groups; only a person knows whether it should.
function groups() {
  const names = answer.groupColumns || [], of = name => rule => columnOf(rule.externalId) === name;
  $('groups').hidden = !names.length;
  $('grouped').replaceChildren(...names.slice(0, ROWS).map((name, i) => {
    const label = el('label'), box = el('input', null, {type: 'checkbox', id: 'g-' + i});
    box.checked = groupRules().some(of(name));
    box.addEventListener('change', () => {
      changed = true;
      const others = groupRules().filter(rule => !of(name)(rule));
      const prefix = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-') + '-';
      mapping.groups = box.checked ? [...others, {externalId: {from: name, prefix}, displayName: name}] : others;
      if (!mapping.groups.length) delete mapping.groups;
      apply();
    });
    label.append(box, ' ' + name);
    return label;
  }));
}

function people() {
  const names = [...new Set(answer.users.flatMap(u => Object.keys(u.profile || {})))];
  $('people').replaceChildren(
    answer.users.length && mapping.externalId || asItIs() ? table('', ['externalId', ...names], answer.users.map(u => [u.externalId, ...names.map(n => (u.profile || {})[n])])) : el('p', 'No one would be sent yet: choose the columns of the external ID and of the required properties.'),
    answer.deactivate.length ? el('p', 'Deactivated: ' + answer.deactivate.join(', ')) : '');
}

async function bring() {
  const text = asItIs() ? '' : $('json').value;
  $('import').disabled = true;
  $('report').replaceChildren();
  $('log').replaceChildren();
  try {
    // Of a file that was changed or moved fetch says only that it failed.
    await file.slice(0, 1).arrayBuffer();
    const query = new URLSearchParams({name: file.name, operation: $('operation').value, mappingBytes: new Blob([text]).size});
    const response = await fetch(local + '?' + query, {method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: new Blob([text, file])});
    const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let next = await lines.read(); !next.done; next = await lines.read()) {
      const whole = (rest + next.value).split('\n');
      rest = whole.pop();
      whole.forEach(line => $('log').append(el('p', line)));
    }
    if (rest) $('report').append(el('a', 'Open the report of this import', {href: rest, id: 'open'}));
  } catch (e) {
    $('log').append(el('p', e instanceof DOMException ? UNREADABLE : 'The local run could not be reached.', {class: 'bad'}));
  }
  $('import').disabled = false;
}

// The file may have been changed since it was read; a browser says nothing when the same one is chosen again.
$('form').addEventListener('submit', event => { event.preventDefault(); content = ''; file ? again() : say('Choose a file first.'); });
$('file').addEventListener('click', () => { $('file').value = ''; });
$('file').addEventListener('change', () => $('file').files[0] && choose($('file').files[0]));
$('operation').addEventListener('change', () => answer && again());
$('sheet').addEventListener('change', () => { changed = false; layout = {sheet: $('sheet').value}; again(); });
['dragover', 'dragleave', 'drop'].forEach(name => document.addEventListener(name, event => {
  event.preventDefault();
  document.body.classList.toggle('over', name === 'dragover');
  if (name === 'drop' && event.dataTransfer.files[0] && !$('form').hidden) choose(event.dataTransfer.files[0]);
}));
$('apply').addEventListener('click', () => {
  let given;
  try { given = JSON.parse($('json').value); } catch (e) { trouble('The mapping isn’t JSON: ' + e.message); return; }
  if (!given || typeof given !== 'object' || Array.isArray(given)) { trouble('The mapping must be a JSON object: {"externalId": …}.'); return; }
  mapping = given;
  changed = true;
  inspect(mapping);
});
$('save').addEventListener('click', () => {
  const link = el('a', null, {download: 'mapping.json', href: URL.createObjectURL(new Blob([$('json').value], {type: 'application/json'}))});
  link.click();
  URL.revokeObjectURL(link.href);
});
$('copy').addEventListener('click', () => navigator.clipboard.writeText($('json').value).then(() => say('Copied.'), () => { $('json').select(); say('Copy it with the keyboard.'); }));
$('import').addEventListener('click', bring);
document.querySelectorAll('.remote').forEach(e => { e.hidden = !!local; });
$('app').value = document.body.dataset.app || '';
if (document.body.dataset.signed === 'true') { $('signed').hidden = false; $('form').hidden = true; }
