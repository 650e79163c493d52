'use strict';
// What the page is made of; every text is set as text, whatever is in it.
const $ = id => document.getElementById(id);
const el = (name, text, attributes) => {
  const e = document.createElement(name);
  if (text !== undefined && text !== null) e.textContent = String(text);
  Object.entries(attributes || {}).forEach(([key, value]) => e.setAttribute(key, value));
  return e;
};
const say = text => { $('status').textContent = text; trouble(''); };
const trouble = text => { $('trouble').textContent = text; $('trouble').hidden = !text; if (text) $('status').textContent = ''; };
const count = (n, noun) => n.toLocaleString('en') + ' ' + noun + (n === 1 ? '' : 's');
const table = (caption, heads, rows) => {
  const t = el('table'), head = el('tr'), thead = el('thead'), body = el('tbody');
  if (caption) t.append(el('caption', caption));
  heads.forEach(h => head.append(el('th', h, {scope: 'col'})));
  thead.append(head);
  rows.forEach(cells => {
    const row = el('tr');
    cells.forEach((cell, i) => {
      const td = el(i ? 'td' : 'th', null, i ? {} : {scope: 'row'});
      td.append(cell instanceof Node ? cell : cell === undefined || cell === null ? '' : String(cell));
      row.append(td);
    });
    body.append(row);
  });
  t.append(thead, body);
  return t;
};

