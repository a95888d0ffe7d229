// Asks the plugin's code through the program sms_lines: all questions at once.
import { spawnSync } from 'node:child_process';

const program = process.argv[2];
if (!program) {
  console.error('usage: node SCRIPT.mjs PATH-OF-SMS-LINES');
  process.exit(2);
}

/** The answers to the questions, in their order. */
export function ask(mode, questions) {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const run = spawnSync(program, [mode], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`sms_lines ${mode} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  const answers = run.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  if (answers.length !== questions.length) throw new Error(`${answers.length} answers to ${questions.length} questions`);
  return answers;
}
