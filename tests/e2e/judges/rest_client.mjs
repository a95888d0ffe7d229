// The official client against twilio-sim: the simulator answers in the provider's shapes, or the client would stumble.
//   node rest_client.mjs PATH-OF-TWILIO-SIM
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accountSid, clientFor, guest, number, service, startSimulator } from './simulator.mjs';

const apiKey = 'SK0123456789abcdef0123456789abcdef';
let simulator;
let client;

before(async () => {
  simulator = await startSimulator('http://127.0.0.1:9/sms', '--status-delay-ms', '1', '--list-delay-ms', '0',
    '--api-key', `${apiKey}:secret`, '--outcome', '+15550000009=undelivered:30003');
  client = clientFor(simulator);
});

after(async () => {
  assert.equal(await simulator.stop(), 0);
});

/** Asks for a message until it has that status. */
async function untilStatus(sid, status) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const message = await client.messages(sid).fetch();
    if (message.status === status) return message;
    assert.ok(Date.now() < deadline, `${sid} is ${message.status}, not ${status}`);
  }
}

const refusal = (status, code) => (error) => {
  assert.equal(error.constructor.name, 'RestException');
  assert.equal(error.status, status);
  assert.equal(error.code, code);
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
  assert.ok(error.message.length > 0);
  return true;
};

test('a message by number', async () => {
  const body = 'Grüße aus Zimmer 12 😀 & more';
  const message = await client.messages.create({ to: guest, from: number, body });
  assert.match(message.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(message.accountSid, accountSid);
  assert.equal(message.apiVersion, '2010-04-01');
  assert.equal(message.body, body);
  assert.equal(message.direction, 'outbound-api');
  assert.equal(message.status, 'queued');
  assert.equal(message.to, guest);
  assert.equal(message.from, number);
  assert.equal(message.messagingServiceSid, null);
  assert.equal(message.numSegments, '1');
  assert.equal(message.numMedia, '0');
  assert.equal(message.errorCode, null);
  assert.equal(message.errorMessage, null);
  assert.equal(message.dateSent, null);
  assert.ok(Math.abs(message.dateCreated - Date.now()) < 60_000, 'dates are read by the client');
  assert.ok(message.dateUpdated instanceof Date && !Number.isNaN(message.dateUpdated.getTime()));
  assert.equal(message.uri, `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`);
  assert.equal(typeof message.subresourceUris.media, 'string');
  const delivered = await untilStatus(message.sid, 'delivered');
  assert.ok(delivered.dateSent instanceof Date);
  assert.equal(delivered.body, body);
});

test('a message with pictures by messaging service', async () => {
  const message = await client.messages.create({
    to: guest, messagingServiceSid: service, mediaUrl: ['https://h.example/a.png', 'https://h.example/b.png'],
  });
  assert.match(message.sid, /^MM/);
  assert.equal(message.status, 'accepted');
  assert.equal(message.from, null);
  assert.equal(message.messagingServiceSid, service);
  assert.equal(message.numSegments, '0');
  assert.equal(message.numMedia, '2');
  assert.equal((await untilStatus(message.sid, 'delivered')).from, number);
});

test('a message that does not arrive', async () => {
  const { sid } = await client.messages.create({ to: '+15550000009', from: number, body: 'x' });
  const message = await untilStatus(sid, 'undelivered');
  assert.equal(message.errorCode, 30003);
  assert.match(message.errorMessage, /Unreachable/);
});

test('refusals', async (t) => {
  const good = { to: guest, from: number, body: 'x' };
  const cases = [
    ['an invalid recipient', { to: 'nobody' }, 400, 21211],
    ['the magic invalid recipient', { to: '+15005550001' }, 400, 21211],
    ['the magic landline', { to: '+15005550009' }, 400, 21614],
    ['a foreign sender', { from: '+15550001111' }, 400, 21659],
    ['the magic full queue', { from: '+15005550008' }, 429, 21611],
    ['no body', { body: undefined }, 400, 21602],
    ['too long a body', { body: 'x'.repeat(1601) }, 400, 21617],
    ['eleven pictures', { mediaUrl: Array(11).fill('https://h.example/a.png') }, 400, 21623],
    ['a callback host with an underscore', { statusCallback: 'https://my_hotel.example/' }, 400, 21609],
    ['an unknown service', { messagingServiceSid: `MG${'f'.repeat(32)}` }, 404, 21701],
  ];
  for (const [name, change, status, code] of cases) {
    await t.test(name, () => assert.rejects(client.messages.create({ ...good, ...change }), refusal(status, code)));
  }
  await t.test('a wrong token', () => assert.rejects(
    clientFor(simulator, accountSid, 'f'.repeat(32)).messages.create(good), refusal(401, 20003)));
  await t.test('an unknown message', () => assert.rejects(
    client.messages(`SM${'0'.repeat(32)}`).fetch(), refusal(404, 20404)));
  await t.test('too many requests', async () => {
    await simulator.command('fault', '429', '--retry-after', '1');
    await assert.rejects(client.messages.create(good), refusal(429, 20429));
  });
  await t.test('an error on the provider\'s side', async () => {
    await simulator.command('fault', '500-before');
    await assert.rejects(client.messages.create(good), refusal(500, 20500));
  });
  await t.test('a cut connection', async () => {
    await simulator.command('fault', 'cut-after', '--to', '+15550000008');
    await assert.rejects(client.messages.create({ ...good, to: '+15550000008', body: 'cut' }));
    const [message] = await client.messages.list({ to: '+15550000008' });
    assert.equal(message.body, 'cut');
  });
});

test('an API key', async () => {
  const message = await clientFor(simulator, apiKey, 'secret').messages.create({ to: guest, from: number, body: 'x' });
  assert.equal(message.accountSid, accountSid);
});

test('lists are paged through by the client', async () => {
  const to = '+15550000007';
  const sids = new Set();
  for (let i = 0; i < 7; i += 1) sids.add((await client.messages.create({ to, from: number, body: `${i}` })).sid);
  const listed = await client.messages.list({ to, pageSize: 3 });
  assert.deepEqual(listed.map((message) => message.body), ['6', '5', '4', '3', '2', '1', '0']);
  assert.deepEqual(new Set(listed.map((message) => message.sid)), sids);
  // A filter by DateSent hides what isn't sent yet.
  for (const sid of sids) await untilStatus(sid, 'delivered');
  const hourAgo = new Date(Date.now() - 3_600_000);
  const inAnHour = new Date(Date.now() + 3_600_000);
  assert.equal((await client.messages.list({ to, dateSentAfter: hourAgo })).length, 7);
  assert.equal((await client.messages.list({ to, dateSentAfter: inAnHour })).length, 0);
  assert.equal((await client.messages.list({ to, dateSentBefore: hourAgo })).length, 0);
  assert.equal((await client.messages.list({ to, limit: 2 })).length, 2);
});

test('a message is redacted and removed', async () => {
  const { sid } = await client.messages.create({ to: guest, from: number, body: 'secret' });
  await untilStatus(sid, 'delivered');
  assert.equal((await client.messages(sid).update({ body: '' })).body, '');
  assert.equal(await client.messages(sid).remove(), true);
  await assert.rejects(client.messages(sid).fetch(), refusal(404, 20404));
});

test('a scheduled message is canceled, a delivered one is not', async () => {
  const message = await client.messages.create({
    to: guest, messagingServiceSid: service, body: 'later', scheduleType: 'fixed', sendAt: new Date(Date.now() + 3_600_000),
  });
  assert.equal(message.status, 'scheduled');
  assert.equal((await client.messages(message.sid).update({ status: 'canceled' })).status, 'canceled');
  const { sid } = await client.messages.create({ to: guest, from: number, body: 'x' });
  await untilStatus(sid, 'delivered');
  await assert.rejects(client.messages(sid).update({ status: 'canceled' }), refusal(409, 30409));
});

test('the account and its numbers', async () => {
  assert.equal((await client.api.v2010.accounts(accountSid).fetch()).status, 'active');
  assert.deepEqual((await client.incomingPhoneNumbers.list()).map((item) => item.phoneNumber), [number]);
  const [item] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  assert.match(item.sid, /^PN[0-9a-f]{32}$/);
  assert.equal(item.smsUrl, 'http://127.0.0.1:9/sms');
  assert.equal(item.smsMethod, 'POST');
  assert.equal(item.smsApplicationSid, '');
  assert.deepEqual(item.capabilities, { sms: true, mms: true, voice: false, fax: false });
  assert.deepEqual(await client.incomingPhoneNumbers.list({ phoneNumber: '+15550000000' }), []);
});

test('a service and its senders, page by page', async () => {
  const [listed] = await client.messaging.v1.services.list();
  const fetched = await client.messaging.v1.services(service).fetch();
  for (const item of [listed, fetched]) {
    assert.equal(item.sid, service);
    assert.equal(item.accountSid, accountSid);
    assert.equal(item.inboundRequestUrl, 'http://127.0.0.1:9/sms');
    assert.equal(item.inboundMethod, 'POST');
    assert.equal(item.useInboundWebhookOnNumber, false);
  }
  const more = ['+15550000002', '+15550000003', '+15550000004'];
  await simulator.command('service', service, '--number', number, ...more, '--name', 'GrandHotel');
  const numbers = await client.messaging.v1.services(service).phoneNumbers.list({ pageSize: 3 });
  assert.deepEqual(numbers.map((entry) => entry.phoneNumber).sort(), [number, ...more].sort());
  assert.deepEqual((await client.messaging.v1.services(service).alphaSenders.list()).map((entry) => entry.alphaSender),
    ['GrandHotel']);
  assert.deepEqual(await client.messaging.v1.services(service).shortCodes.list(), []);
  await assert.rejects(client.messaging.v1.services('MG00000000000000000000000000000000').fetch(), refusal(404, 20404));
});

test('the account, a number and a short code as they are set up', async () => {
  await simulator.command('account', '--status', 'suspended', '--type', 'Trial');
  const account = await client.api.v2010.accounts(accountSid).fetch();
  assert.equal(account.status, 'suspended');
  assert.equal(account.type, 'Trial');
  await simulator.command('number', number, '--sms-url', 'https://h.example/sms', '--sms-method', 'GET', '--mms', 'false',
    '--application', 'AP0123456789abcdef0123456789abcdef');
  const [item] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  assert.equal(item.smsUrl, 'https://h.example/sms');
  assert.equal(item.smsMethod, 'GET');
  assert.equal(item.smsApplicationSid, 'AP0123456789abcdef0123456789abcdef');
  assert.equal(item.capabilities.mms, false);
  await simulator.command('number', '12345', '--sms-url', 'https://h.example/sms');
  const [code] = await client.shortCodes.list({ shortCode: '12345' });
  assert.equal(code.shortCode, '12345');
  assert.equal(code.smsUrl, 'https://h.example/sms');
  await simulator.command('number', number, '--remove');
  assert.deepEqual(await client.incomingPhoneNumbers.list(), []);
});
