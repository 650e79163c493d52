'use strict';
const START = 1000000, WORKBOOK = 4000000;
const $ = id => document.getElementById(id);
const base = location.pathname.replace(/\/?$/, '/');
let file = null, mapping = null, answer = null, turn = 0;

const el = (name, text, attributes) => {
  const e = document.createElement(name);
  if (text !== undefined && text !== null) e.textContent = String(text);
  Object.entries(attributes || {}).forEach(([key, value]) => e.setAttribute(key, value));
  return e;
};
const say = text => { $('status').textContent = text; };
const table = (heads, rows, caption) => {
  const t = el('table'), head = el('tr');
  if (caption) t.append(el('caption', caption, {class: 'soft'}));
  heads.forEach(h => head.append(el('th', h, {scope: 'col'})));
  const thead = el('thead'), body = el('tbody');
  thead.append(head);
  rows.forEach(cells => {
    const row = el('tr');
    cells.forEach(cell => { const td = el('td'); td.append(cell instanceof Node ? cell : document.createTextNode(cell == null ? '' : String(cell))); row.append(td); });
    body.append(row);
  });
  t.append(thead, body);
  return t;
};
const base64 = bytes => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
  return btoa(text);
};

async function inspect(given) {
  if (!file || !$('form').reportValidity()) return;
  const mine = ++turn;
  say('Reading ' + file.name + ' …');
  try {
    const workbook = /\.xlsx$/i.test(file.name);
    if (workbook && file.size > WORKBOOK) { say('A workbook must be whole, and this one is too large for one request. Save its sheet as CSV UTF-8.'); return; }
    const part = workbook ? file : file.slice(0, START);
    const bytes = new Uint8Array(await part.arrayBuffer());
    const body = {fileName: file.name, content: base64(bytes), size: file.size, importOperation: $('operation').value};
    if (given) body.mapping = given;
    const headers = {'Content-Type': 'application/json'};
    if ($('secret').value) headers['X-Import-Secret'] = $('secret').value;
    const response = await fetch(base + 'applications/' + encodeURIComponent($('app').value) + '/inspect', {method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin'});
    const got = await response.json();
    if (mine !== turn) return;
    if (!response.ok) { say(got.detail || got.title || ('The function answered ' + response.status)); return; }
    answer = got;
    mapping = answer.mapping || {externalId: '', profile: {}};
    show();
    say('Read ' + answer.records + ' records' + (answer.complete ? '.' : ' of the start of the file. The rest wasn\u2019t looked at.'));
  } catch (e) {
    if (mine === turn) say('The function could not be reached.');
  }
}

function show() {
  $('result').hidden = false;
  $('read').replaceChildren(
    table(['Format', 'Separator', 'Encoding', 'Sheet', 'Records'], [[answer.format, answer.separator, answer.encoding, answer.sheet, answer.records]]),
    ...(answer.notes || []).map(note => el('p', note)));
  wrong();
  rules();
  people();
  $('json').value = JSON.stringify(mapping, null, 2);
}

function wrong() {
  const parts = [];
  if (answer.problem) parts.push(el('p', (answer.proposed ? 'Without a mapping: ' : '') + answer.problem.detail, {class: 'bad'}));
  if (answer.errorKinds.length) {
    parts.push(table(['Field', 'What is wrong', 'Records', 'First places'], answer.errorKinds.map(k => [k.field, k.message, k.count, k.places.join(', ')])));
    parts.push(table(['Line or index', 'External ID', 'Field', 'What is wrong'], answer.errors.slice(0, 20).map(e => [e.line || e.index, e.externalId, e.field, e.message]), 'The first ones'));
  } else if (!answer.problem || answer.proposed) {
    parts.push(el('p', 'No record is invalid' + (answer.proposed && answer.problem ? ' with the mapping below.' : '.'), {class: 'good'}));
  }
  if (answer.skipped) parts.push(el('p', answer.skipped + ' records are skipped by the mapping.'));
  if (answer.deactivations) parts.push(el('p', answer.deactivations + ' people would be deactivated.'));
  $('wrong').replaceChildren(...parts);
}

const ruleOf = name => name === 'externalId' ? mapping.externalId : (mapping.profile || {})[name];
const columnOf = rule => typeof rule === 'string' ? rule : rule && typeof rule.from === 'string' ? rule.from : rule && Array.isArray(rule.from) ? rule.from[0] : '';

function change(name, rule) {
  if (name === 'externalId') mapping.externalId = rule || '';
  else {
    mapping.profile = mapping.profile || {};
    if (rule) mapping.profile[name] = rule; else delete mapping.profile[name];
  }
  $('json').value = JSON.stringify(mapping, null, 2);
  if (mapping.externalId && Object.keys(mapping.profile || {}).length) inspect(mapping);
}

function rules() {
  const focused = document.activeElement && document.activeElement.id;
  const properties = answer.properties.slice().sort((a, b) => b.required - a.required);
  const rows = properties.map(p => {
    const rule = ruleOf(p.name), made = rule && typeof rule === 'object';
    const select = el('select', null, {id: 'c-' + p.name, 'aria-label': 'Column for ' + p.title});
    select.append(el('option', '\u2013 not mapped \u2013', {value: ''}));
    answer.columns.forEach(c => select.append(el('option', c.name, {value: c.name})));
    const other = made && !columnOf(rule);
    if (other) select.append(el('option', 'as in the JSON below', {value: '*'}));
    select.value = other ? '*' : columnOf(rule) || '';
    select.addEventListener('change', () => {
      if (select.value === '*') return;
      change(p.name, select.value && made && !other ? Object.assign({}, rule, {from: select.value}) : select.value);
    });
    const lower = el('input', null, {type: 'checkbox', id: 'l-' + p.name, 'aria-label': 'Lower case for ' + p.title});
    lower.checked = !!(made && rule.lower);
    lower.disabled = !select.value || other;
    const date = el('input', null, {id: 'd-' + p.name, 'aria-label': 'Date pattern for ' + p.title, placeholder: 'dd/MM/yyyy'});
    date.value = made && rule.date || '';
    date.disabled = !select.value || other;
    const edit = () => {
      const next = Object.assign({}, made ? rule : {from: select.value});
      if (lower.checked) next.lower = true; else delete next.lower;
      if (date.value) next.date = date.value; else delete next.date;
      change(p.name, Object.keys(next).length === 1 && typeof next.from === 'string' ? next.from : next);
    };
    lower.addEventListener('change', edit);
    date.addEventListener('change', edit);
    const why = {exact: 'same name', label: 'same label', vendor: 'a system\u2019s name for it', synonym: 'means the same', content: 'by its cells', given: 'your choice', none: ''}[p.why];
    const found = answer.columns.find(c => c.name === select.value);
    return [p.title + (p.required ? ' (required)' : ''), select, lower, date, why, found ? found.samples.join(' \u00b7 ') : ''];
  });
  $('map').replaceChildren(table(['Property', 'Column', 'Lower case', 'Date pattern', 'Why', 'Samples'], rows));
  const used = JSON.stringify(mapping);
  const free = answer.columns.filter(c => !used.includes(JSON.stringify(c.name)));
  $('unmapped').replaceChildren(free.length ? el('p', 'Not mapped, and never sent: ' + free.map(c => c.name).join(', '), {class: 'soft'}) : '');
  if (focused && $(focused)) $(focused).focus();
}

function people() {
  const names = [...new Set(answer.users.flatMap(u => Object.keys(u.profile || {})))];
  $('people').replaceChildren(
    answer.users.length ? table(['externalId', ...names], answer.users.map(u => [u.externalId, ...names.map(n => (u.profile || {})[n])])) : el('p', 'Nobody would be sent yet: choose the column of the external ID, and of the required properties.'),
    answer.deactivate.length ? el('p', 'Deactivated: ' + answer.deactivate.join(', ')) : '');
}

$('form').addEventListener('submit', event => { event.preventDefault(); file = $('file').files[0] || file; file ? inspect(null) : say('Choose a file first.'); });
$('file').addEventListener('change', () => { file = $('file').files[0]; if (file && $('app').value) inspect(null); });
['dragover', 'dragleave', 'drop'].forEach(name => $('drop').addEventListener(name, event => {
  event.preventDefault();
  $('drop').classList.toggle('over', name === 'dragover');
  if (name === 'drop' && event.dataTransfer.files[0]) { file = event.dataTransfer.files[0]; inspect(null); }
}));
$('apply').addEventListener('click', () => { try { inspect(JSON.parse($('json').value)); } catch (e) { say('The mapping is not JSON.'); } });
$('save').addEventListener('click', () => {
  const link = el('a', null, {download: 'mapping.json', href: URL.createObjectURL(new Blob([$('json').value], {type: 'application/json'}))});
  link.click();
  URL.revokeObjectURL(link.href);
});
$('copy').addEventListener('click', () => navigator.clipboard.writeText($('json').value).then(() => say('Copied.'), () => { $('json').select(); say('Copy it with the keyboard.'); }));
if (document.body.dataset.signed === 'true') { $('signed').hidden = false; $('form').hidden = true; }
