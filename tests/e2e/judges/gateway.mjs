// Starts a gateway with the SMS plugin and lets sign_and_post.mjs judge it: once by the address at which it listens, once by a
// public URL with a path, as behind a proxy.
//
//   node gateway.mjs PATH-OF-JACK-GATEWAY PLUGIN-DIRECTORY
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const [program, plugins] = process.argv.slice(2);
if (!plugins) {
  console.error('usage: node gateway.mjs PATH-OF-JACK-GATEWAY PLUGIN-DIRECTORY');
  process.exit(2);
}

const account = {
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
  TWILIO_AUTH_TOKEN: '0123456789abcdef0123456789abcdef',
  TWILIO_PHONE_NUMBER: '+15551234567',
};

async function withGateway(publicUrl, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackgw-judge-'));
  const config = path.join(folder, 'jack.toml');
  fs.writeFileSync(config, `
[server]
listen = "127.0.0.1:0"
${publicUrl ? `public_url = "${publicUrl}"` : ''}
[store]
url = "sqlite:jack.db"
[plugins]
directory = "${plugins}"
[channels.sms]
plugin = "jackgw-sms"
required = true
[log]
format = "json"
`);
  const gateway = spawn(program, ['serve', '--config', config],
    { env: { ...process.env, ...account }, stdio: ['ignore', 'inherit', 'pipe'] });
  const ended = once(gateway, 'exit');
  let log = '';
  const ready = new Promise((resolve) => {
    createInterface({ input: gateway.stderr }).on('line', (line) => {
      log += `${line}\n`;
      if (line.includes('"message":"listening"')) resolve(JSON.parse(line).url);
    });
  });
  try {
    const url = await Promise.race([ready, ended.then(() => { throw new Error(`the gateway did not start:\n${log}`); })]);
    await use(url);
    gateway.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null], `the gateway did not end well:\n${log}`);
  } finally {
    gateway.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true });
  }
}

async function judge(url, publicUrl) {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'sign_and_post.mjs');
  const environment = { ...process.env, ...account, GATEWAY_URL: url, PUBLIC_URL: publicUrl ?? url };
  delete environment.NODE_TEST_CONTEXT; // else the child reports to this test's runner instead of to people
  const judgement = spawn(process.execPath, [script], { env: environment, stdio: 'inherit' });
  const [code] = await once(judgement, 'exit');
  assert.equal(code, 0, 'sign_and_post.mjs found faults, see above');
}

test('signed for the address at which the gateway listens', () => withGateway(null, (url) => judge(url)));

for (const publicUrl of ['https://api.example.com/hotel', 'http://api.example.com']) {
  test(`signed for ${publicUrl}`, () => withGateway(publicUrl, (url) => judge(url, publicUrl)));
}
