// The plugin's verdict on signatures against the official package's validateRequest and validateRequestWithBody.
//   node signatures.mjs PATH-OF-SMS-LINES
import assert from 'node:assert/strict';
import { test } from 'node:test';
import twilio from 'twilio';
import { generatedRequest, parametersOf, token, withLegacyQuery, withoutFragment } from './generated_requests.mjs';
import { randomFor } from './random.mjs';
import { ask } from './sms_lines.mjs';

const isJson = ({ contentType }) => contentType.startsWith('application/json');
const parametersIn = (request) => (request.method === 'GET' || isJson(request) ? {} : parametersOf(new URLSearchParams(request.body)));

function officially(request) {
  const { url, method, body, signature } = request;
  if (method === 'POST' && isJson(request)) return twilio.validateRequestWithBody(token, signature, url, body);
  return twilio.validateRequest(token, signature, url, parametersIn(request));
}

function verdicts(requests) {
  return ask('signatures', requests.map(({ url, method, contentType, body, signature, authorization }) =>
    ({ tokens: [token], url, method, contentType, body, signature, authorization }))).map(({ valid }) => valid);
}

const partsOf = (url) => /^(https?:\/\/)(?:([^/?#]*)@)?([^/?#:]*)(:\d+)?([^?#]*)(\?[^#]*)?/.exec(url).slice(1);

/** What a URL says apart from what may be written in several ways (Twilio's documentation of request signatures): port, credentials, fragment, escapes of
 * the query. */
function meaningOf(url) {
  const [scheme, , host, , path, query] = partsOf(url);
  const parameters = new URLSearchParams(query);
  return [scheme, host, path, [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)])];
}

function withCredentials(url, credentials) {
  const rest = url.replace(/^https?:\/\/([^/?#]*@)?/, '');
  return `${partsOf(url)[0]}${credentials === undefined ? '' : `${credentials}@`}${rest}`;
}

const signatureOf = (request, url) => twilio.getExpectedTwilioSignature(token, url, parametersIn(request));

const accepted = [
  ['a fragment is no part of what is signed', (request) => withoutFragment(request.url)],
  ['credentials in the URL may be signed or not', (request) => withCredentials(request.url, partsOf(request.signedUrl)[1])],
];

/** The reasons that can't be undone: the package never looks at such a URL. */
function spellingOf({ signedUrl }) {
  const withoutPort = signedUrl.replace(partsOf(signedUrl)[3] ?? '', '');
  if (new URL(withoutPort).href !== withoutPort) return 'the raw URL, which the package rewrites as browsers do before it looks';
  assert.notEqual(withoutPort, signedUrl);
  return 'the query rewritten and the usual port as well, of which the package tries one at a time';
}

/** Why the plugin accepts what the package refuses. It must be signed with the token, for the same URL and the same parameters. */
function reasonToAccept(request) {
  const shown = JSON.stringify(request);
  assert.equal(request.signature, signatureOf(request, request.signedUrl), shown);
  assert.deepEqual(meaningOf(request.signedUrl), meaningOf(request.url), shown);
  let { url } = request;
  for (const [reason, undo] of accepted) {
    url = undo({ ...request, url });
    if (officially({ ...request, url })) return reason;
  }
  return spellingOf(request);
}

// What the package accepts and the plugin refuses, each with the request that both accept.
const refused = [
  // The request line of HTTP holds the URL as the provider wrote it; nobody signs another form.
  ['the package rewrites URLs as browsers do: host in lower case, no dots in the path, raw characters escaped',
    (request) => ({ ...request, url: new URL(request.url).href })],
  ['the package puts names of the query that are numbers first',
    (request) => ({ ...request, url: withLegacyQuery(new URL(request.url).href) })],
  ['the package takes a fragment for a part of what is signed', (request) => {
    const { signature, signedUrl } = request;
    if (!signedUrl.includes('#') || signature !== signatureOf(request, signedUrl)) return request;
    return { ...request, url: new URL(request.url).href, signature: signatureOf(request, withoutFragment(signedUrl)) };
  }],
];

const printed = (t, counts) => Object.entries(counts).forEach(([reason, count]) => t.diagnostic(`${count}: ${reason}`));
function count(counts, reason) {
  counts[reason] = (counts[reason] ?? 0) + 1;
}

test('5000 generated requests', (t) => {
  const random = randomFor('signatures');
  const requests = random.some(5000, () => generatedRequest(random));
  const own = verdicts(requests);
  const counts = {};
  const rewritten = [];
  requests.forEach((request, i) => {
    const official = officially(request);
    if (own[i] && !official) count(counts, `accepted by the plugin alone, ${reasonToAccept(request)}`);
    else if (official && !own[i]) rewritten.push(request);
    else count(counts, own[i] ? 'accepted by both' : 'refused by both');
  });
  // What the package alone accepts, the plugin accepts as well once the URL is written as the package does.
  let left = rewritten;
  for (const [reason, rewrite] of refused) {
    const verdict = verdicts(left.map(rewrite));
    verdict.filter(Boolean).forEach(() => count(counts, `refused by the plugin alone, ${reason}`));
    left = left.filter((_, i) => !verdict[i]);
  }
  assert.deepEqual(left, []);
  assert.ok(counts['accepted by both'] > 1000 && counts['refused by both'] > 1000, JSON.stringify(counts));
  printed(t, counts);
});

test('without a token nothing is accepted, not even what is signed with none', () => {
  const signature = twilio.getExpectedTwilioSignature('', 'https://example.com/', {});
  assert.equal(twilio.validateRequest('', signature, 'https://example.com/', {}), true);
  const question = { url: 'https://example.com/', method: 'POST', contentType: '', body: '', signature };
  assert.deepEqual(ask('signatures', [{ ...question, tokens: [] }, { ...question, tokens: [''] }]), [{ valid: false }, { valid: false }]);
});
