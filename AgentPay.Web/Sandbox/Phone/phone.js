// The phone page: shows the state of the customer's call and sends the user's actions to the sandbox.
'use strict';

const root = document.getElementById('phone');
const { sandbox, number, console: consoleUrl } = root.dataset;
const query = selector => root.querySelector(selector);
const handset = query('#handset');
const softphone = query('#softphone');

const fieldNames = {
  'payment-card-number': 'Card number',
  'expiration-date': 'Expiry date, MMYY',
  'security-code': 'Security code',
  'postal-code': 'Postal code, then #',
  'bank-routing-number': 'Routing number',
  'bank-account-number': 'Account number, then #',
};
const endings = { busy: 'Busy', failed: 'Could not be reached', 'no-answer': 'No answer', canceled: 'Missed' };

let state = { call: null, moreCalls: 0 };
let generation = null;

// Events from the server

let source = null;

function connect() {
  source?.close();
  source = null;
  // A browser opens at most six connections to a server. A hidden page needs none.
  if (document.hidden) return;
  source = new EventSource(`${sandbox}/phone/events?number=${encodeURIComponent(number)}`);
  const current = source;
  source.onmessage = event => {
    setProblem('feed', null);
    receive(JSON.parse(event.data));
  };
  source.onerror = () => {
    setProblem('feed', 'The sandbox is not responding. Trying again…');
    if (current.readyState === EventSource.CLOSED) setTimeout(() => current === source && connect(), 3000);
  };
}

function receive(now) {
  if (generation && now.generation !== generation) notice('The sandbox was restarted. Earlier calls were deleted.');
  generation = now.generation;
  const before = state;
  state = now;
  if (now.call?.sid !== before.call?.sid) setProblem('act', null);
  show();
  announce();
}

// Display

function show() {
  const focused = document.activeElement?.closest('#handset, #softphone');
  const { call } = state;
  const { customer, agent, payment } = call ?? {};
  const ended = !call?.isLive;
  const customerRings = !ended && !call.isInbound && customer?.status === 'ringing';
  const agentRings = !ended && call.isInbound && agent?.status === 'ringing';
  const customerIn = !ended && canHangUp(customer, call.isInbound);
  const agentIn = !ended && canHangUp(agent, !call.isInbound);
  const connected = customer?.status === 'in-progress' && !ended;

  text('customerState', stateOf(call, customer, call?.isInbound, customerRings));
  text('agentState', stateOf(call, agent, call && !call.isInbound, agentRings));
  visible('call', ended);
  visible('customer-answer', customerRings);
  visible('customer-decline', customerRings);
  visible('customer-hangup', customerIn);
  visible('agent-answer', agentRings);
  visible('agent-decline', agentRings);
  visible('agent-hangup', agentIn);
  handset.classList.toggle('ringing', customerRings);
  softphone.classList.toggle('ringing', agentRings);
  for (const key of handset.querySelectorAll('[data-key]')) key.disabled = !connected;
  query('#dial').hidden = !ended;

  showAsked(connected, payment);
  showTyping(call?.typing);
  showHeard(customer?.said ?? []);
  showFacts(call);
  document.title = `${customerRings || agentRings ? 'Ringing' : connected ? 'In a call' : 'Phone'} · ${number}`;
  // If the focused element is hidden, keep the focus on the same phone, so that its keys still work.
  if (focused && !focused.contains(document.activeElement)) focused.focus({ preventScroll: true });
}

/** The caller can hang up from the start, the other side once connected. */
function canHangUp(leg, isCaller) {
  return leg?.status === 'in-progress' || (isCaller && ['queued', 'ringing'].includes(leg?.status));
}

function stateOf(call, leg, isCaller, rings) {
  if (!call) return 'Ready';
  if (rings) return 'Incoming call';
  const isConnected = call.customer?.status === 'in-progress' && call.agent?.status === 'in-progress';
  if (call.isLive) return isConnected ? duration(talkedFrom(call), Date.now()) : isCaller ? 'Calling…' : leg ? 'Connecting…' : 'Ready';
  const answered = call.customer?.answeredAt && call.agent?.answeredAt;
  if (answered) return `Call ended · ${duration(talkedFrom(call), Date.parse(leg.endedAt))}`;
  if (!leg) return 'Ready';
  const other = leg === call.customer ? call.agent : call.customer;
  return unansweredText(leg, other, isCaller) ?? 'Call ended';
}

function unansweredText(leg, other, isCaller) {
  if (!isCaller) return leg.status === 'busy' ? 'Declined' : endings[leg.status];
  const ending = endings[other?.status];
  return ending === 'Missed' ? 'Call ended' : ending;
}

const talkedFrom = call => Math.max(Date.parse(call.customer.answeredAt), Date.parse(call.agent.answeredAt));

function duration(from, to) {
  const seconds = Math.max(0, Math.floor((to - from) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function askedTitle(payment) {
  if (payment.field) {
    const name = fieldNames[payment.field.replace('-matcher', '')] ?? payment.field;
    return `Asked for: ${name}${payment.field.endsWith('-matcher') ? ', again' : ''}`;
  }
  switch (payment.phase) {
    case 'confirming': return 'Asked for: 1 to confirm, 2 to cancel';
    case 'submitting': return 'Waiting for the payment gateway';
    case 'ended': return `The payment has ended: ${words(payment.result)}`;
    default: return payment.problem ? `Not accepted: ${words(payment.problem)}` : 'A payment has started. Nothing is requested yet';
  }
}

const words = code => code.replaceAll('-', ' ');

function showAsked(connected, payment) {
  const shown = payment && (connected || payment.phase === 'ended' && state.call);
  query('#asked').hidden = !shown;
  if (!shown) return;
  text('askedTitle', askedTitle(payment));
  text('askedDots', payment.field ? '●'.repeat(payment.keys) + '○'.repeat(Math.max(0, payment.shortest - payment.keys)) : '');
  query('#asked').dataset.mood = payment.field || payment.phase === 'confirming' ? 'asking'
    : payment.result === 'success' ? 'good'
    : payment.problem || payment.result ? 'bad' : 'quiet';
}

function showTyping(typing) {
  query('#typing').hidden = !typing;
  if (!typing) return;
  text('typing', typing.all ? `Entering ${typing.number} and every requested field` : `Entering ${typing.number ?? 'a wrong value'}`);
}

function showHeard(said) {
  const list = query('#heard');
  query('#heard-nothing').hidden = said.length > 0;
  fill(list, said);
  list.scrollTop = list.scrollHeight;
}

const recordingWords = { 'in-progress': 'Recording', paused: 'Paused', stopped: 'Stopped', completed: 'Ended with the call' };

function showFacts(call) {
  query('#facts').hidden = !call;
  query('#uui-row').hidden = !call?.uui;
  text('uui', call?.uui ?? '');
  find('#recording-row').hidden = !call?.recording;
  text('recording', recordingWords[call?.recording] ?? '');
  text('callSid', call?.customer?.sid ?? 'No customer has been called yet');
  const link = query('#console-link');
  if (link) {
    query('#console-row').hidden = !call?.isLive;
    if (call) link.href = `${consoleUrl}/pay?uui=${encodeURIComponent(call.key)}`;
  }
  query('#alerts').hidden = !call?.alerts.length;
  fill(query('#alerts ul'), call?.alerts ?? []);
  if (state.moreCalls) notice(`This number has ${state.moreCalls} more calls. They appear when this call has ended.`);
}

function fill(list, lines) {
  list.replaceChildren(...lines.map(line => Object.assign(document.createElement('li'), { textContent: line })));
}

function text(name, value) {
  const element = query(`[data-text="${name}"]`);
  if (element.textContent !== value) element.textContent = value;
}

function visible(action, isVisible) {
  query(`[data-do="${action}"]`).hidden = !isVisible;
}

// Announces changes to screen readers, without the seconds and the keys.
let announced = '';

function announce() {
  const { call } = state;
  const payment = call?.payment;
  const asked = payment && call.isLive ? askedTitle(payment) : payment?.phase === 'ended' ? askedTitle(payment) : '';
  const customer = query('[data-text="customerState"]').textContent;
  const agent = query('[data-text="agentState"]').textContent;
  const talk = /^\d/.test(customer) ? 'Connected' : customer === agent ? customer : `Customer: ${customer}. Agent: ${agent}`;
  const now = `${talk}. ${asked}`;
  if (now === announced) return;
  if (announced) query('#news').textContent = now;
  announced = now;
}

const problems = new Map();

function setProblem(kind, words) {
  if (words) problems.set(kind, words);
  else problems.delete(kind);
  const shown = [...problems.values()].join(' ');
  query('#problem').hidden = !shown;
  query('#problem').textContent = shown;
}

function notice(words) {
  query('#notice').hidden = false;
  query('#notice').textContent = words;
}

// Requests to the server

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

document.addEventListener('visibilitychange', connect);
setInterval(() => state.call?.isLive && show(), 1000);
connect();
