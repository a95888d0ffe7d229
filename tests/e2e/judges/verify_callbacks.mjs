// What twilio-sim posts, checked with the official package's validateRequest: guests' texts and status callbacks.
//   node verify_callbacks.mjs PATH-OF-TWILIO-SIM
import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import twilio from 'twilio';
import { accountSid, authToken, clientFor, guest, number, startSimulator } from './simulator.mjs';

let receiver;
let base;
let simulator;
let client;
const received = [];
let arrived = () => {};

/** Parameters as the official package wants them: a repeated name has a list. */
function parametersOf(body) {
  const parameters = {};
  for (const [name, value] of new URLSearchParams(body)) {
    parameters[name] = name in parameters ? [parameters[name], value].flat() : value;
  }
  return parameters;
}

before(async () => {
  receiver = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const parameters = parametersOf(Buffer.concat(chunks).toString());
    const signature = request.headers['x-twilio-signature'];
    received.push({
      url: request.url,
      headers: request.headers,
      parameters,
      valid: twilio.validateRequest(authToken, signature, base + request.url, parameters),
      validWithOtherToken: twilio.validateRequest('f'.repeat(32), signature, base + request.url, parameters),
    });
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
    arrived();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  base = `http://127.0.0.1:${receiver.address().port}`;
  simulator = await startSimulator(`${base}/webhooks/twilio/sms?room=12&view=lake%20side`, '--status-delay-ms', '1',
    '--status-order', 'shuffled', '--status-repeat', '2', '--seed', '7', '--advanced-opt-out',
    '--outcome', '+15550000009=undelivered:30003');
  client = clientFor(simulator);
});

after(async () => {
  assert.equal(await simulator.stop(), 0);
  receiver.closeAllConnections();
  receiver.close();
});

/** Takes the next requests off the list, once so many have come. */
async function take(count) {
  const deadline = setTimeout(() => arrived(), 20_000);
  const giveUpAt = Date.now() + 20_000;
  while (received.length < count && Date.now() < giveUpAt) {
    await new Promise((resolve) => { arrived = resolve; });
  }
  clearTimeout(deadline);
  assert.equal(received.length, count);
  return received.splice(0);
}

function assertSigned(request) {
  assert.equal(request.valid, true, `the signature of ${request.url} ${JSON.stringify(request.parameters)}`);
  assert.equal(request.validWithOtherToken, false);
  assert.equal(request.headers['content-type'].split(';')[0], 'application/x-www-form-urlencoded');
  assert.match(request.headers['i-twilio-idempotency-token'], /^[0-9a-f-]{36}$/);
  assert.equal(request.parameters.AccountSid, accountSid);
}

const texts = [
  ['plain', 'Hello'],
  ['with marks', `it's 100% "free" & a=b + c; d?e#f/g\\h`],
  ['with umlauts and emoji', 'Grüße 👨‍👩‍👧 aus 東京 ☺'],
  ['with blanks and lines', '  two  spaces\nand\ttabs '],
  ['with all that needs an escape', '%41 %zz <tag> {x} [y] |z| ~ ^ ` €'],
];
for (const [name, body] of texts) {
  test(`a guest's text ${name}`, async () => {
    await simulator.command('text', '--from', guest, '--', body);
    const [request] = await take(1);
    assertSigned(request);
    assert.equal(request.url, '/webhooks/twilio/sms?room=12&view=lake%20side');
    assert.equal(request.parameters.Body, body);
    assert.equal(request.parameters.From, guest);
    assert.equal(request.parameters.To, number);
    assert.match(request.parameters.MessageSid, /^SM[0-9a-f]{32}$/);
    assert.equal(request.parameters.SmsSid, request.parameters.MessageSid);
    assert.equal(request.parameters.FromCity, '');
  });
}

test('a text with ten pictures', async () => {
  const urls = Array.from({ length: 10 }, (_, i) => `https://h.example/a b/${i}.png?x=1&y=${i}`);
  await simulator.command('text', '--from', guest, ...urls.flatMap((url) => ['--media', url]), 'Look');
  const [request] = await take(1);
  assertSigned(request);
  assert.equal(request.parameters.NumMedia, '10');
  urls.forEach((url, i) => assert.equal(request.parameters[`MediaUrl${i}`], url));
  assert.match(request.parameters.MessageSid, /^MM/);
});

test('opting out and in again', async () => {
  for (const word of ['STOP', 'START']) {
    await simulator.command('text', '--from', guest, word);
    const [request] = await take(1);
    assertSigned(request);
    assert.equal(request.parameters.OptOutType, word);
  }
});

test('status callbacks, whose URL has a query of its own', async () => {
  const statusCallback = `${base}/status?attempt=0192f3c4-1111-7000-8000-000000000001&note=it's%20here`;
  const message = await client.messages.create({ to: guest, from: number, body: 'Hello', statusCallback });
  const requests = await take(6);
  for (const request of requests) {
    assertSigned(request);
    assert.equal(base + request.url, statusCallback);
    assert.equal(request.parameters.MessageSid, message.sid);
    assert.equal(request.parameters.SmsStatus, request.parameters.MessageStatus);
  }
  assert.deepEqual(requests.map((request) => request.parameters.MessageStatus).sort(),
    ['delivered', 'delivered', 'queued', 'queued', 'sent', 'sent']);
});

test('the callback of a message that does not arrive', async () => {
  await client.messages.create({ to: '+15550000009', from: number, body: 'x', statusCallback: `${base}/status` });
  const requests = await take(6);
  requests.forEach(assertSigned);
  const failed = requests.filter((request) => request.parameters.MessageStatus === 'undelivered');
  assert.equal(failed.length, 2);
  failed.forEach((request) => assert.equal(request.parameters.ErrorCode, '30003'));
});
