// Starts twilio-sim for the judges and leads the official client to it.
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import twilio from 'twilio';

export const accountSid = 'AC0123456789abcdef0123456789abcdef';
export const authToken = '0123456789abcdef0123456789abcdef';
export const number = '+15551234567';
export const service = 'MG0123456789abcdef0123456789abcdef';
export const guest = '+15559876543';

const program = process.argv[2];
if (!program) {
  console.error('usage: node SCRIPT.mjs PATH-OF-TWILIO-SIM');
  process.exit(2);
}

/** Runs `twilio-sim serve` with further options; `stop()` ends it and gives its exit code. */
export async function startSimulator(smsUrl, ...options) {
  const child = spawn(program, ['serve', '--port', '0', '--account-sid', accountSid, '--auth-token', authToken,
    '--number', number, '--messaging-service', service, '--sms-url', smsUrl, ...options],
  { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = /listening on (http:\/\/\S+)/.exec(line);
      if (match) resolve(match[1]);
    });
  });
  const url = await Promise.race([ready, ended.then((code) => {
    throw new Error(`twilio-sim ended with ${code} before it was ready`);
  })]);
  return {
    url,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    /** Runs a command of the program against this simulator; its output. */
    async command(name, ...args) {
      return (await promisify(execFile)(program, [name, '--url', url, ...args])).stdout;
    },
  };
}

/** The official client's HTTP client, sent to another host; everything else stays the client's own. */
class RedirectedClient extends twilio.RequestClient {
  constructor(url) {
    super();
    this.url = url;
  }

  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/(api|messaging)\.twilio\.com/, this.url) });
  }
}

export function clientFor(simulator, user = accountSid, password = authToken) {
  return twilio(user, password, { accountSid, httpClient: new RedirectedClient(simulator.url) });
}
