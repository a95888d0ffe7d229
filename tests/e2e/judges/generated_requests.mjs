// Signed requests, and what may happen to them on their way.
import crypto from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import twilio from 'twilio';

export const token = '0123456789abcdef0123456789abcdef';
const otherToken = 'fedcba9876543210fedcba9876543210';

const values = ['Hello', '', '+15551234567', ' blanks around ', 'a+b & c=d; 100%', `it's "free"`, 'Grüße aus 東京', '👨‍👩‍👧 🛎', '%41%20',
  'a\r\nb\tc', '<tag>', '！', '\ufeff', 'x'.repeat(300), '{"a":[1,2]}', "!*'()~-._"];
const names = ['Body', 'From', 'To', 'MediaUrl0', 'MediaUrl2', 'MediaUrl10', 'FromCity', 'fromCity', '_private', '0', '10', '2', 'A', 'AB', 'a',
  'Name With Blank', 'ü', '🛎', '！', 'a&b', "it's", '\ud7ff'];
const queries = ['', '', 'foo=1&bar=2', "name=it's", 'name=it%27s', 'a=%20b', 'a=x+y', 'empty=&e', 'b=1&a=2&b=3', 'u=%C3%BC%F0%9F%9B%8E',
  "marks=!'()*~", 'marks=%21%27%28%29%2A', 'slash=/x/?y', 'b=1&2=x&10=y', 'a=%c3%bc', 'x=[1]{2}|3', '&&a=1', 'a=b=c', 'a=%zz'];

const sha256 = (text) => crypto.createHash('sha256').update(text).digest('hex');

function withPort(url, port) {
  return url.replace(/^(https?:\/\/[^/?#:@]*(?::[^/?#@]*@)?(?:[^/?#:@]*@)?[^/?#:]*)(:\d+)?/, (_, host) => host + port);
}

const withoutCredentials = (url) => url.replace(/^(https?:\/\/)[^/?#]*@/, '$1');
export const withoutFragment = (url) => url.replace(/#.*$/, '');

/** As older SDKs write the query. */
export function withLegacyQuery(url) {
  const [path, query] = url.split(/\?(.*)/s);
  return query ? `${path}?${stringify(parse(query))}` : url;
}

/** The ways in which one URL may have been written when it was signed. */
const spellings = {
  'as it stands': (url) => url,
  'with the usual port': (url) => withPort(url, url.startsWith('https:') ? ':443' : ':80'),
  'without port': (url) => withPort(url, ''),
  'without credentials': withoutCredentials,
  "with ' escaped": (url) => url.replace(/\?.*/, (query) => query.replaceAll("'", '%27')),
  "with ' as it is": (url) => url.replace(/\?.*/, (query) => query.replaceAll('%27', "'")),
  'with a legacy query': withLegacyQuery,
  'with a legacy query and the usual port': (url) => withLegacyQuery(withPort(url, url.startsWith('https:') ? ':443' : ':80')),
  'as browsers write it': (url) => new URL(url).href,
};

const escapes = {
  usual: encodeURIComponent,
  plus: (text) => encodeURIComponent(text).replaceAll('%20', '+'),
  lower: (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  all: (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
};

const encode = (pairs, escape = encodeURIComponent) => pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');

/** Parameters as the official package wants them: a repeated name has a list. */
export function parametersOf(pairs) {
  const parameters = Object.create(null);
  for (const [name, value] of pairs) parameters[name] = name in parameters ? [parameters[name], value].flat() : value;
  return parameters;
}

function shuffled(random, list) {
  return list.map((item) => [random.below(2 ** 30), item]).sort(([a], [b]) => a - b).map(([, item]) => item);
}

function generatedUrl(random) {
  const scheme = random.pick(['https', 'https', 'http']);
  const credentials = random.chance(0.15) ? random.pick(['user:secret@', 'user@', 'u:p%40ss@']) : '';
  const host = random.chance(0.05) ? 'API.Example.com' : random.pick(['example.com', 'sms.example-hotel.co.uk', '127.0.0.1']);
  const port = random.chance(0.4) ? `:${random.pick([443, 80, 1234, 8443])}` : '';
  const path = random.pick(['/webhooks/twilio/sms', '/webhooks/twilio/status', '/a/b.php', '/', '/with%20blank', '/a/./b', '/%C3%BC', "/it's",
    '/webhooks/twilio/optout']);
  const query = random.pick(queries);
  const fragment = random.chance(0.1) ? '#rc=3&rp=all' : '';
  return `${scheme}://${credentials}${host}${port}${path}${query && `?${query}`}${fragment}`;
}

/** What changes on the way. Each takes the request as signed and gives what arrives. */
const changes = {
  'nothing': (request) => request,
  'the order of parameters': (request, random) => ({ ...request, pairs: shuffled(random, request.pairs) }),
  'a parameter repeated': (request, random) => ({ ...request, pairs: [...request.pairs, ...request.pairs.slice(0, random.between(1, 2))] }),
  'a parameter repeated with another value': (request, random) =>
    ({ ...request, pairs: [...request.pairs, ...request.pairs.slice(0, 1).map(([name]) => [name, random.pick(values)])] }),
  'a parameter added': (request, random) => ({ ...request, pairs: [...request.pairs, [random.pick(names), random.pick(values)]] }),
  'a parameter removed': (request) => ({ ...request, pairs: request.pairs.slice(1) }),
  'a value': (request) => ({ ...request, pairs: request.pairs.map(([name, value], i) => [name, i === 0 ? `${value}x` : value]) }),
  'the case of a value': (request) => ({ ...request, pairs: request.pairs.map(([name, value]) => [name, value.toUpperCase()]) }),
  'blanks around values': (request) => ({ ...request, pairs: request.pairs.map(([name, value]) => [name, value.trim()]) }),
  'a name': (request) => ({ ...request, pairs: request.pairs.map(([name, value], i) => [i === 0 ? name.toLowerCase() : name, value]) }),
  'the line between name and value': (request) =>
    ({ ...request, pairs: request.pairs.map(([name, value]) => [name + [...value].slice(0, 1).join(''), [...value].slice(1).join('')]) }),
  'values escaped twice': (request) => ({ ...request, pairs: request.pairs.map(([name, value]) => [name, encodeURIComponent(value)]) }),
  'the token': (request) => ({ ...request, signature: request.signWith(otherToken) }),
  'the case of the signature': (request) => ({ ...request, signature: request.signature.toLowerCase() }),
  'the end of the signature': (request) => ({ ...request, signature: request.signature.slice(0, -1) }),
  'blanks around the signature': (request) => ({ ...request, signature: ` ${request.signature}` }),
  'a byte of the signature': (request) =>
    ({ ...request, signature: request.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }),
  'the signature, which is missing': (request) => ({ ...request, signature: '' }),
  'the path': (request) => ({ ...request, url: request.url.replace(/(\/\/[^/]*\/)/, '$1x') }),
  'the host': (request) => ({ ...request, url: request.url.replace('example', 'examp1e').replace('127.0.0.1', '127.0.0.2') }),
  'the scheme': (request) => ({ ...request, url: request.url.replace(/^https?/, (scheme) => (scheme === 'http' ? 'https' : 'http')) }),
  'the port': (request, random) => ({ ...request, url: withPort(request.url, random.pick(['', ':443', ':80', ':1234', ':9999'])) }),
  'a value of the query': (request) => ({ ...request, url: request.url.replace(/(\?[^#]*)/, '$1x') }),
  'a parameter of the query, which is new': (request) =>
    ({ ...request, url: request.url.replace(/^([^#]*)/, (url) => `${url}${url.includes('?') ? '&' : '?'}new=1`) }),
  'a parameter moved from the query to the form': (request) => ({
    ...request, url: request.url.replace(/\?[^#]*/, ''), pairs: [...new URLSearchParams(new URL(request.url).search), ...request.pairs],
  }),
  'the method': (request) => ({ ...request, method: request.method === 'GET' ? 'POST' : 'GET' }),
  'the body': (request) => ({ ...request, json: request.json && `${request.json} ` }),
  'the hash of the body': (request) => ({ ...request, url: request.url.replace(/bodySHA256=./, 'bodySHA256=0') }),
  'the case of the hash': (request) => ({ ...request, url: request.url.replace(/bodySHA256=\w+/, (hash) => hash.replace(/[a-f]/g, (c) => c.toUpperCase())) }),
  'the hash, which is missing': (request) => ({ ...request, url: request.url.replace(/[?&]bodySHA256=\w+/, '') }),
};

/** A request as it arrives: `url`, `method`, `pairs` or `json`, `signature`, `authorization`; `signed` says what was signed. */
export function generatedRequest(random) {
  let url = generatedUrl(random);
  const kind = random.pick(['form', 'form', 'form', 'get', 'json']);
  const pairs = kind === 'form' ? random.some(random.below(8), () => [random.pick(names), random.pick(values)]) : [];
  const json = kind === 'json' ? JSON.stringify({ [random.pick(names)]: random.pick(values) }) : undefined;
  if (json) url = url.replace(/^([^#]*)/, (start) => `${start}${start.includes('?') ? '&' : '?'}bodySHA256=${sha256(json)}`);
  const spelling = random.pick(Object.keys(spellings));
  const signedUrl = spellings[spelling](random.chance(0.9) ? withoutFragment(url) : url);
  const signWith = (key) => twilio.getExpectedTwilioSignature(key, signedUrl, parametersOf(pairs));
  const credentials = /^https?:\/\/([^/?#]*)@/.exec(url)?.[1];
  const stripped = credentials !== undefined && random.chance(0.5); // as a proxy hands it on: in a header instead
  const request = { url: stripped ? withoutCredentials(url) : url, method: kind === 'get' ? 'GET' : 'POST', pairs, json, signWith,
    signature: signWith(token), authorization: stripped ? `Basic ${Buffer.from(credentials).toString('base64')}` : '' };
  const change = random.chance(0.3) ? 'nothing' : random.pick(Object.keys(changes));
  const arrived = changes[change](request, random);
  const contentType = arrived.json === undefined ? random.pick(['application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=UTF-8', '']) : 'application/json';
  const body = arrived.json ?? encode(arrived.pairs, escapes[random.pick(Object.keys(escapes))]);
  return { ...arrived, contentType, body, spelling, change, signedUrl, signedPairs: pairs };
}
