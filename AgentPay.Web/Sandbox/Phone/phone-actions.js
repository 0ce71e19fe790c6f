// Sends the user's actions to the sandbox. Uses the state and the helpers of phone.js, which is loaded first.
'use strict';

async function post(path, body) {
  query('#notice').hidden = true;
  setProblem('act', null);
  try {
    const answer = await fetch(sandbox + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    if (answer.ok) return true;
    const { error } = await answer.json().catch(() => ({}));
    setProblem('act', error ?? `The sandbox answered with ${answer.status}.`);
  } catch {
    setProblem('act', 'The sandbox could not be reached. Is it running?');
  }
  return false;
}

const act = (leg, verb) => leg && post(`/control/calls/${leg.sid}/${verb}`);

const actions = {
  call: () => post('/control/calls', { from: number, to: query('#handset .number').textContent.trim(), answer: false }),
  'customer-answer': () => act(state.call?.customer, 'answer'),
  'customer-decline': () => act(state.call?.customer, 'hangup'),
  'customer-hangup': () => act(state.call?.customer, 'hangup'),
  'agent-answer': () => act(state.call?.agent, 'answer'),
  'agent-decline': () => act(state.call?.agent, 'hangup'),
  'agent-hangup': () => act(state.call?.agent, 'hangup'),
  'target-answer': () => act(state.call?.target, 'answer'),
  'target-decline': () => act(state.call?.target, 'hangup'),
  consult,
  'complete-transfer': completeTransfer,
  'end-consultation': endConsultation,
  mistype: () => type({ mistyped: true }),
  stop: () => toCustomer('stop'),
};

function toCustomer(verb, body) {
  const customer = state.call?.customer;
  if (customer?.status === 'in-progress') return post(`/phone/calls/${customer.sid}/${verb}`, body);
  setProblem('act', 'The customer is not in a call. Call and answer first.');
}

const type = what => toCustomer('type', { ...what, gapMs: query('#at-once').checked ? 0 : 120 });

// Keys are sent one after another, in the order in which they were pressed.
let pressing = Promise.resolve();

function press(key) {
  const button = handset.querySelector(`[data-key="${key}"]`);
  if (button.disabled) return;
  button.classList.add('down');
  setTimeout(() => button.classList.remove('down'), 120);
  pressing = pressing.then(() => toCustomer('press', { keys: key }));
}

// Ignores a second click while the first request is running.
const running = new Set();

async function once(name, action) {
  if (running.has(name)) return;
  running.add(name);
  try {
    await action();
  } finally {
    running.delete(name);
  }
}

root.addEventListener('click', async event => {
  const button = event.target.closest('button');
  if (!button) return;
  const { do: action, key, copy, number: card } = button.dataset;
  if (action) await once(action, actions[action]);
  else if (key) press(key);
  else if (card) await once('type', () => type({ number: card, all: query('#all').checked }));
  else if (copy) await copyText(button, query(`[data-text="${copy}"]`).textContent);
});

async function copyText(button, value) {
  try {
    await navigator.clipboard.writeText(value);
    button.classList.add('done');
    setTimeout(() => button.classList.remove('done'), 1500);
    query('#news').textContent = 'Copied';
  } catch {
    setProblem('act', 'The browser does not allow copying here. Select the text instead.');
  }
}

handset.addEventListener('keydown', event => {
  if (event.target.matches('input') || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!/^[0-9*#]$/.test(event.key)) return;
  event.preventDefault();
  press(event.key);
});

query('#dial').addEventListener('submit', event => {
  event.preventDefault();
  const to = query('#dial-to').value.replace(/[ ().-]/g, '');
  const from = query('#dial-from').value.trim();
  const uui = query('#dial-uui').value.trim();
  once('dial', async () => {
    const placed = await post('/control/outbound', { to, from: from || null, uui: uui || null, answer: false });
    if (placed && to !== number) location.search = `?from=${encodeURIComponent(to)}`;
  });
});

// A transfer. A consultation takes place in the PBX: nothing is sent until the agent completes the transfer.

function refer(to, isConsulted) {
  const agent = state.call?.agent;
  return agent && post(`/control/calls/${agent.sid}/refer`, { to, answer: false, consulted: isConsulted });
}

function consult() {
  consulted = query('#transfer-to').value.trim() || null;
  show();
}

async function completeTransfer() {
  const to = consulted;
  endConsultation();
  await refer(to, true);
}

function endConsultation() {
  consulted = null;
  show();
}

query('#transfer').addEventListener('submit', event => {
  event.preventDefault();
  once('transfer', () => refer(query('#transfer-to').value.trim(), false));
});
