// Draws /openapi/v1.json. Text from the document goes into text nodes only.
'use strict';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
let api;

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Words with `code` in them. */
const words = (text) => (text ?? '').split('`').map((part, i) => (i % 2 ? el('code', {}, part) : part));

const prose = (text) => (text ?? '').split(/\n\s*\n/).filter(Boolean).map((paragraph) => el('p', {}, ...words(paragraph)));

const resolve = (thing) =>
  thing?.$ref ? thing.$ref.slice(2).split('/').reduce((at, key) => at?.[key], api) ?? {} : thing ?? {};

function typeName(schema) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.items) return `${typeName(schema.items)}[]`;
  const types = [schema.type ?? 'any'].flat().map((type) => (schema.format && type !== 'null' ? `${type} (${schema.format})` : type));
  return types.join(' | ');
}

function rows(headers, lines) {
  return el('table', {},
    el('thead', {}, el('tr', {}, ...headers.map((text) => el('th', { scope: 'col' }, text)))),
    el('tbody', {}, ...lines.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, ...[cell].flat()))))));
}

function fields(schema) {
  const object = resolve(schema);
  const properties = Object.entries(object.properties ?? {});
  if (properties.length === 0) return null;
  return rows(['Field', 'Type', ''], properties.map(([name, property]) => [
    el('code', {}, name),
    typeName(property) + (object.required?.includes(name) ? '' : ', optional'),
    prose(property.description ?? resolve(property).description),
  ]));
}

function media(content) {
  return Object.entries(content ?? {}).flatMap(([type, body]) => [
    el('p', {}, el('code', {}, type), body.schema ? ` ${typeName(body.schema)}` : ''),
    fields(body.schema),
    body.example === undefined ? null : el('pre', { tabindex: '0' }, JSON.stringify(body.example, null, 2)),
  ]);
}

function responses(operation) {
  return Object.entries(operation.responses ?? {}).map(([status, given]) => {
    const response = resolve(given);
    return el('details', { open: status.startsWith('2') },
      el('summary', {}, el('strong', {}, status), ' ', ...words(response.description)),
      ...media(response.content));
  });
}

function trial(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolve);
  const inputs = parameters.map((parameter) => el('input', { name: parameter.name, autocomplete: 'off', required: parameter.required }));
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const text = type?.includes('json') ? el('textarea', { rows: 6, spellcheck: 'false' }) : null;
  if (text) text.value = JSON.stringify(body.example ?? {}, null, 2);
  const output = el('pre', { tabindex: '0', role: 'status', hidden: true });
  return el('form', {
    class: 'try',
    onsubmit: async (event) => {
      event.preventDefault();
      output.hidden = false;
      output.textContent = '…';
      output.textContent = await send(path, method, parameters, inputs, text?.value).catch((error) => String(error));
    },
  },
  ...parameters.map((parameter, i) => el('label', {}, el('code', {}, parameter.name), inputs[i])),
  text ? el('label', {}, 'Body', text) : null,
  el('div', {}, el('button', {}, 'Send')), output);
}

async function send(path, method, parameters, inputs, body) {
  const headers = {};
  const query = new URLSearchParams();
  let address = path;
  parameters.forEach((parameter, i) => {
    const value = inputs[i].value;
    if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value !== '' && parameter.in === 'query') query.append(parameter.name, value);
    else if (value !== '' && parameter.in === 'header') headers[parameter.name] = value;
  });
  const token = document.getElementById('token').value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const search = query.toString();
  const response = await fetch(address + (search ? `?${search}` : ''), { method: method.toUpperCase(), headers, body });
  const answer = await response.text();
  const position = response.headers.get('Ledger-Position');
  let shown = answer;
  try {
    shown = JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    // Not JSON: shown as it came.
  }
  return `${response.status} ${response.statusText}${position ? `\nLedger-Position: ${position}` : ''}\n\n${shown}`;
}

function inside(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolve);
  return el('div', { class: 'inside' },
    ...prose(operation.description),
    parameters.length ? el('h4', {}, 'Parameters') : null,
    parameters.length ? rows(['Name', 'In', 'Type', ''], parameters.map((parameter) => [
      el('code', {}, parameter.name), parameter.in, typeName(parameter.schema), prose(parameter.description),
    ])) : null,
    operation.requestBody ? el('h4', {}, 'Body') : null,
    ...media(operation.requestBody?.content),
    el('h4', {}, 'Answers'), ...responses(operation),
    el('h4', {}, 'Try it'), trial(path, method, operation));
}

function card(path, method, operation) {
  const details = el('details', { class: 'operation', id: operation.operationId },
    el('summary', {},
      el('span', { class: `method ${method}` }, method.toUpperCase()),
      el('code', { class: 'path' }, path),
      el('span', { class: 'title' }, operation.summary ?? '')));
  details.dataset.words = [path, method, operation.summary, operation.description, ...Object.keys(operation.responses ?? {})].join(' ').toLowerCase();
  // Drawn when it is first opened: the document is long.
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(inside(path, method, operation));
  });
  return details;
}

function draw() {
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of methods.filter((name) => item[name])) {
      const tag = item[method].tags?.[0] ?? 'Other';
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(card(path, method, item[method]));
    }
  }
  const tags = [...groups.keys()].sort();
  const id = (tag) => `group-${tag.toLowerCase().replace(/\W+/g, '-')}`;
  document.getElementById('operations').replaceChildren(...prose(api.info.description), ...tags.map((tag) =>
    el('section', { 'aria-labelledby': id(tag) }, el('h2', { id: id(tag) }, tag), ...groups.get(tag))));
  document.getElementById('tags').replaceChildren(...tags.map((tag) => el('a', { href: `#${id(tag)}` }, `${tag} (${groups.get(tag).length})`)));
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) {
    target.open = true;
    target.scrollIntoView();
  }
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const section of document.querySelectorAll('main section')) {
    const cards = [...section.querySelectorAll('details.operation')];
    for (const one of cards) one.hidden = !words.every((word) => one.dataset.words.includes(word));
    section.hidden = cards.every((one) => one.hidden);
  }
}

document.getElementById('find').addEventListener('input', (event) => filter(event.target.value));
document.getElementById('tools').addEventListener('submit', (event) => event.preventDefault());

fetch('/openapi/v1.json')
  .then((response) => response.json())
  .then((json) => {
    api = json;
    draw();
  })
  .catch((error) => {
    document.getElementById('operations').replaceChildren(el('p', { role: 'alert' }, `The document could not be read: ${error}`));
  });
