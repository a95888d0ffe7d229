// Posts requests signed by the official package to a running gateway, as the provider would, and tampered ones, which must be
// refused. What is judged is the HTTP answer: 200 with exactly the empty TwiML, or 403.
//
//   node sign_and_post.mjs
//
//   GATEWAY_URL           where the gateway listens, such as http://127.0.0.1:8080
//   TWILIO_ACCOUNT_SID    as in the gateway's configuration
//   TWILIO_AUTH_TOKEN
//   TWILIO_PHONE_NUMBER   one of the account's numbers
//   PUBLIC_URL            server.public_url, which is what is signed; default: GATEWAY_URL
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import http from 'node:http';
import { test } from 'node:test';
import twilio from 'twilio';
import webhooks from 'twilio/lib/webhooks/webhooks.js';

function needed(name) {
  if (process.env[name]) return process.env[name];
  console.error(`${name} is not set; see the head of this file`);
  process.exit(2);
}

const gateway = needed('GATEWAY_URL').replace(/\/$/, '');
const publicUrl = (process.env.PUBLIC_URL || gateway).replace(/\/$/, '');
const accountSid = needed('TWILIO_ACCOUNT_SID');
const token = needed('TWILIO_AUTH_TOKEN');
const ourNumber = needed('TWILIO_PHONE_NUMBER');

const sms = '/webhooks/twilio/sms';
const status = '/webhooks/twilio/status';
const optout = '/webhooks/twilio/optout';
const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

const sid = (prefix) => prefix + crypto.randomBytes(16).toString('hex');
// Each run writes from numbers of its own: an opt-out of one shall not follow the next.
const guest = `+1555${crypto.randomInt(1_000_000, 9_999_999)}`;

/** A guest's text with everything that the provider sends along, and what `changes` says otherwise. */
function inbound(changes = {}) {
  const id = sid('SM');
  return {
    ToCountry: 'US', ToState: '', SmsMessageSid: id, NumMedia: '0', ToCity: '', FromZip: '', SmsSid: id, FromState: '',
    SmsStatus: 'received', FromCity: '', Body: 'Hello', FromCountry: 'US', To: ourNumber, ToZip: '', NumSegments: '1',
    MessageSid: id, AccountSid: accountSid, From: guest, ApiVersion: '2010-04-01', ...changes,
  };
}

function report(word, changes = {}) {
  const id = sid('SM');
  return {
    ApiVersion: '2010-04-01', SmsSid: id, SmsStatus: word, MessageStatus: word, MessageSid: id, AccountSid: accountSid,
    From: ourNumber, To: guest, ...changes,
  };
}

/** A form body; a list becomes a repeated name. `escape` decides how values are written. */
function encode(parameters, escape = encodeURIComponent) {
  return Object.entries(parameters)
    .flatMap(([name, value]) => [value].flat().map((item) => `${escape(name)}=${escape(item)}`))
    .join('&');
}

const sign = (target, parameters, key = token) => twilio.getExpectedTwilioSignature(key, publicUrl + target, parameters);

// The provider's connections are many and short; idle ones would be another matter than signatures.
const agent = new http.Agent({ keepAlive: false });

/** Sends exactly these bytes: fetch and URL would normalise the target. */
function send({ target, body, signature, type = 'application/x-www-form-urlencoded; charset=UTF-8', method = 'POST' }) {
  const { hostname, port } = new URL(gateway);
  const headers = { Host: new URL(publicUrl).host, 'Content-Type': type, 'User-Agent': 'TwilioProxy/1.1',
    'Content-Length': Buffer.byteLength(body), 'I-Twilio-Idempotency-Token': crypto.randomUUID() };
  if (signature !== undefined) headers['X-Twilio-Signature'] = signature;
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: target, method, headers, agent, timeout: 15_000 }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, type: response.headers['content-type'] ?? '', body: Buffer.concat(chunks).toString() });
    });
    request.on('timeout', () => request.destroy(new Error('no answer within the provider\'s 15 s')));
    request.on('error', reject);
    request.end(body);
  });
}

function assertTaken(answer) {
  assert.equal(answer.status, 200, answer.body);
  assert.match(answer.type, /^text\/xml\s*(;|$)/);
  assert.equal(answer.body, emptyTwiml);
}

function assertRefused(answer) {
  assert.equal(answer.status, 403, answer.body);
  assert.doesNotMatch(answer.type, /^text\/plain/, 'plain text would be texted to the guest');
}

async function assertPosted(target, parameters, escape) {
  assertTaken(await send({ target, body: encode(parameters, escape), signature: sign(target, parameters) }));
}

const tenMedia = { NumMedia: '10', MessageSid: sid('MM') };
for (let i = 0; i < 10; i += 1) {
  tenMedia[`MediaUrl${i}`] = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME${i}`;
  tenMedia[`MediaContentType${i}`] = i % 2 ? 'image/png' : 'image/jpeg';
}

const taken = [
  ['a text', sms, inbound()],
  ['ten media, whose names sort as text', sms, inbound(tenMedia)],
  ['media beyond the tenth and a count that says otherwise', sms, inbound({ ...tenMedia, MediaUrl10: 'https://h.example/10',
    MessageSid: sid('MM') })],
  ['umlauts, emoji and joined families', sms, inbound({ Body: 'Grüße 👨‍👩‍👧‍👦 aus 東京 ☺️' })],
  ['marks that forms escape', sms, inbound({ Body: `it's 100% "free" & a=b + c; d?e#f/g\\h` })],
  ['what looks escaped already', sms, inbound({ Body: '%41%20+%2B' })],
  ['blanks around and lines within', sms, inbound({ Body: '  two  blanks\r\nand\ta tab \n' })],
  ['an empty text', sms, inbound({ Body: '' })],
  ['1600 characters', sms, inbound({ Body: 'x'.repeat(1600), NumSegments: '11' })],
  ['parameters nobody knows yet', sms, inbound({ Zukunft: 'ja', 'Name With Blank': 'ü', _underscore: '1', zLower: '2', AUpper: '3' })],
  ['a repeated parameter', sms, inbound({ Extra: ['b', 'a', 'c'] })],
  ['a parameter repeated with the same value', sms, inbound({ Extra: ['same', 'same'] })],
  ['a parameter repeated with an empty value', sms, inbound({ Extra: ['', 'x'] })],
  ['AddOns, JSON within the form', sms, inbound({ AddOns: '{"status":"successful","results":{"a":[1,2]}}' })],
  ['a messaging service', sms, inbound({ MessagingServiceSid: sid('MG') })],
  ['a keyword', sms, inbound({ Body: 'HELP' })],
  ['a keyword with its type', sms, inbound({ Body: 'STOP', OptOutType: 'STOP' })],
  ['the way back', sms, inbound({ Body: 'START', OptOutType: 'START' })],
  ['a URL with a query', `${sms}?hotel=lake&room=12`, inbound()],
  ['a query with escapes', `${sms}?name=it%27s%20%C3%BC&empty=&plus=a+b`, inbound()],
  ['a query with an apostrophe', `${sms}?name=it's`, inbound()],
  ['a status of a message we don\'t know', status, report('delivered', { RawDlrDoneDate: '2611221638' })],
  ['a failure', status, report('undelivered', { ErrorCode: '30003' })],
  ['a status word nobody knows yet', status, report('teleported')],
  ['a status with our attempt in the query', `${status}?attempt=0192f3c4-1111-7000-8000-000000000001`, report('sent')],
  ['an opt-out', optout, inbound({ Body: 'STOP', OptOutType: 'STOP' })],
  ['an opt-in', optout, inbound({ Body: 'START', OptOutType: 'START' })],
];
for (const [name, target, parameters] of taken) {
  test(`taken: ${name}`, () => assertPosted(target, parameters));
}

test('taken: a form that writes blanks as plus signs', () => assertPosted(sms, inbound({ Body: 'a b + c' }),
  (text) => encodeURIComponent(text).replace(/%20/g, '+')));

test('taken: the same text twice', async () => {
  const parameters = inbound();
  await assertPosted(sms, parameters);
  await assertPosted(sms, parameters);
});

test('taken: many at once', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => assertPosted(sms, inbound({ Body: `number ${i}` }))));
});

// Only a scheme's own port can be left out and guessed again.
test('taken: the port may be signed or not', { skip: new URL(publicUrl).port !== '' }, async () => {
  const url = new URL(publicUrl);
  const withPort = publicUrl.replace(url.host, `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}`);
  const parameters = inbound();
  const signature = twilio.getExpectedTwilioSignature(token, withPort + sms, parameters);
  assertTaken(await send({ target: sms, body: encode(parameters), signature }));
});

// A JSON body is signed by its hash in the query. What the gateway makes of it is its own affair, if only it believes it.
const json = JSON.stringify({ MessageSid: sid('SM'), From: guest, Body: 'Grüße' });
const jsonTarget = (text) => `${sms}?bodySHA256=${webhooks.getExpectedBodyHash(text)}`;

test('a JSON body with its hash is believed', async () => {
  const target = jsonTarget(json);
  const answer = await send({ target, body: json, type: 'application/json', signature: sign(target, {}) });
  assert.notEqual(answer.status, 403);
  assert.ok(answer.status < 500, `${answer.status}`);
  assert.doesNotMatch(answer.type, /^text\/plain/);
});

const good = inbound();
const body = encode(good);
const signature = sign(sms, good);
const refused = [
  ['without a signature', { target: sms, body }],
  ['with an empty signature', { target: sms, body, signature: '' }],
  ['with a signature that is none', { target: sms, body, signature: 'nonsense' }],
  ['with another token\'s signature', { target: sms, body, signature: sign(sms, good, 'f'.repeat(32)) }],
  ['with an empty token\'s signature', { target: sms, body, signature: sign(sms, good, '') }],
  ['with the signature in hex', { target: sms, body, signature: Buffer.from(signature, 'base64').toString('hex') }],
  ['with a signature cut short', { target: sms, body, signature: signature.slice(0, -2) }],
  ['with a longer signature', { target: sms, body, signature: `${signature}=` }],
  ['with a signature in lower case', { target: sms, body, signature: signature.toLowerCase() }],
  ['with another text', { target: sms, body: encode({ ...good, Body: 'Hello!' }), signature }],
  ['with another sender', { target: sms, body: encode({ ...good, From: '+15550001111' }), signature }],
  ['with a parameter more', { target: sms, body: `${body}&Extra=1`, signature }],
  ['with an empty parameter more', { target: sms, body: `${body}&Extra=`, signature }],
  ['with a second value', { target: sms, body: `${body}&Body=Bye`, signature }],
  ['with a parameter less', { target: sms, body: body.replace('&FromCity=', ''), signature }],
  ['with no body', { target: sms, body: '', signature }],
  ['with a query', { target: `${sms}?a=1`, body, signature }],
  ['with another query', { target: `${sms}?a=2`, body, signature: sign(`${sms}?a=1`, good) }],
  ['on another route', { target: status, body, signature }],
  ['on the opt-out route', { target: optout, body: encode(inbound({ OptOutType: 'STOP' })), signature }],
  ['as a status', { target: status, body: encode(report('failed')), signature: sign(status, report('delivered')) }],
  ['decoded twice', { target: sms, body: encode({ ...good, Body: '%41' }), signature: sign(sms, { ...good, Body: 'A' }) }],
  ['trimmed', { target: sms, body: encode({ ...good, Body: ' Hello ' }), signature }],
  ['as JSON with another body', { target: jsonTarget(json), body: json.replace('Grüße', 'Bye'), type: 'application/json',
    signature: sign(jsonTarget(json), {}) }],
  ['as JSON without the hash', { target: sms, body: json, type: 'application/json', signature: sign(sms, {}) }],
  ['as JSON with a hash that was not signed', { target: jsonTarget(json), body: json, type: 'application/json',
    signature: sign(sms, {}) }],
  ['as a form with the hash of a JSON body', { target: jsonTarget(body), body: encode({ ...good, Body: 'Bye' }),
    signature: sign(jsonTarget(body), {}) }],
];
for (const [name, request] of refused) {
  test(`refused: ${name}`, async () => assertRefused(await send(request)));
}

test('refused requests leave the next good one alone', () => assertPosted(sms, inbound()));
