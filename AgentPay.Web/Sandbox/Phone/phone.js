// Shows the state of the customer's call. phone-actions.js handles the user's input.
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

let state = { call: null, moreCalls: 0, messages: [] };
// The party that the agent consults before a transfer.
let consulted = null;
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
  showTransfer(call, connected && agent?.status === 'in-progress');

  showAsked(connected, payment);
  showTyping(call?.typing);
  showHeard(customer?.said ?? []);
  showFacts(call);
  showMessages(state.messages);
  document.title = `${customerRings || agentRings ? 'Ringing' : connected ? 'In a call' : 'Phone'} · ${number}`;
  // If the focused element is hidden, keep the focus on the same phone, so that its keys still work.
  if (focused && !focused.contains(document.activeElement)) focused.focus({ preventScroll: true });
}

function showTransfer(call, isConnected) {
  if (!isConnected) consulted = null;
  const target = isConnected ? call.target : null;
  query('#target').hidden = !target;
  query('#consulting').hidden = !consulted || Boolean(target);
  query('#transfer').hidden = !isConnected || Boolean(target) || Boolean(consulted);
  text('target', phoneName(target?.address));
  text('consulted', consulted ?? '');
}

const phoneName = address => (address ?? '').replace(/^sip:/, '').replace(/@pbx\.example\.com.*$/, '');

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

function showMessages(messages) {
  query('#messages').hidden = messages.length === 0;
  fill(query('#messages ol'), messages.map(message => `${message.from}: ${message.body}`));
}

const recordingWords = { 'in-progress': 'Recording', paused: 'Paused', stopped: 'Stopped', completed: 'Ended with the call' };

function showFacts(call) {
  query('#facts').hidden = !call;
  query('#agent-row').hidden = !call?.agent;
  text('agent', phoneName(call?.agent?.address));
  query('#uui-row').hidden = !call?.uui;
  text('uui', call?.uui ?? '');
  query('#recording-row').hidden = !call?.recording;
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
  const message = state.messages.at(-1);
  const now = `${talk}. ${asked}${message ? ` Text message from ${message.from}: ${message.body}` : ''}`;
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

document.addEventListener('visibilitychange', connect);
setInterval(() => state.call?.isLive && show(), 1000);
connect();
