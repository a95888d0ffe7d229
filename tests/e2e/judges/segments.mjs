// The plugin's segments against the official calculator's: encoding, units, segments and the text of each part.
//   node segments.mjs PATH-OF-SMS-LINES
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegmentedMessage } from 'sms-segments-calculator';
import smartMap from 'sms-segments-calculator/dist/libs/SmartEncodingMap.js';
import textUtils from 'sms-segments-calculator/dist/libs/textUtils.js';
import { generatedText } from './generated_texts.mjs';
import { classNames, differencesOf } from './grapheme_differences.mjs';
import { randomFor } from './random.mjs';
import { ask } from './sms_lines.mjs';

const unitBits = { 'GSM-7': 7, 'UCS-2': 16 };

function officially(content, smartEncoding) {
  const message = new SegmentedMessage(content, 'auto', smartEncoding);
  return {
    encoding: message.encodingName,
    units: message.messageSize / unitBits[message.encodingName],
    segments: message.segmentsCount,
    // A segment is an Array whose own map() would put headers into its result.
    parts: message.segments.map((segment) => [...segment].filter((item) => !item.isUserDataHeader).map((item) => item.raw).join('')),
  };
}

/** What the calculator says if it is told the characters. "\r\n" is two for it. */
function officiallyWith(graphemes, content, smartEncoding) {
  const original = textUtils.splitGraphemes;
  textUtils.splitGraphemes = () => graphemes.flatMap((grapheme) => (grapheme === '\r\n' ? ['\r', '\n'] : [grapheme]));
  try {
    return officially(content, smartEncoding);
  } finally {
    textUtils.splitGraphemes = original;
  }
}

/** Only the empty text has no part at all with us; the calculator gives it an empty one. */
function ours({ encoding, units, segments, parts }) {
  return { encoding, units, segments, parts: parts.length === 0 ? [''] : parts };
}

const overfull = 'a part that holds more than it can';

/** The calculator never looks at a part again after it has put something into it, and puts a character into the next part even if
 * that has no room for it: it builds parts of more than 67 units, which no phone could get, and empty ones. The plugin takes
 * a character of more than 67 units apart and goes on filling parts. */
function isOverfull({ encoding, parts }) {
  return encoding === 'UCS-2' && parts.length > 1 && parts.some((part) => part.length > 67 || part === '');
}

function filledInOrder(graphemes) {
  const pieces = graphemes.flatMap((grapheme) => (grapheme.length > 67 || grapheme === '\r\n' ? [...grapheme] : [grapheme]));
  const parts = [''];
  for (const piece of pieces) {
    if (parts.at(-1).length + piece.length > 67) parts.push('');
    parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Checks one answer; gives the classes of its differences, none if there are none. */
function judge(question, answer) {
  const { content, smartEncoding } = question;
  const mine = ours(answer);
  const shown = `${JSON.stringify(question)}\nplugin: ${JSON.stringify(mine)}`;
  const sent = mine.parts.join('');
  assert.equal(sent, smartEncoding ? [...content].map((character) => smartMap.default[character] ?? character).join('') : content, shown);
  assert.equal(answer.codePoints, [...content].length, shown);

  const differences = differencesOf(sent, answer.graphemes);
  assert.deepEqual(differences.filter(({ name }) => !name), [], `characters of no known class of differences: ${shown}`);
  const found = new Set(differences.map(({ name }) => name));
  const theirs = found.size === 0 ? officially(content, smartEncoding) : officiallyWith(answer.graphemes, content, smartEncoding);
  if (!isOverfull(theirs)) {
    assert.deepEqual(mine, theirs, shown);
  } else {
    const parts = filledInOrder(answer.graphemes);
    assert.deepEqual(mine, { ...theirs, segments: parts.length, parts }, shown);
    found.add(overfull);
  }
  return found;
}

function judgeAll(questions) {
  const counts = Object.fromEntries([...classNames, overfull].map((name) => [name, 0]));
  const answers = ask('texts', questions.map((question) => ({ ...question, longText: 'reject' })));
  questions.forEach((question, i) => judge(question, answers[i]).forEach((name) => { counts[name] += 1; }));
  return counts;
}

for (const smartEncoding of [false, true]) {
  test(`2500 generated texts ${smartEncoding ? 'with' : 'without'} smart encoding`, (t) => {
    const random = randomFor(`segments ${smartEncoding}`);
    const counts = judgeAll(random.some(2500, () => ({ content: generatedText(random), smartEncoding })));
    for (const [name, count] of Object.entries(counts)) t.diagnostic(`${count} of 2500 differ by ${name}`);
  });
}

test('every character that smart encoding replaces, alone and among others', () => {
  const characters = Object.keys(smartMap.default).filter((character) => character !== '\0');
  const questions = characters.flatMap((character) => [character, `a${character}b`].map((content) => ({ content, smartEncoding: true })));
  judgeAll(questions);
  const answers = ask('texts', questions);
  characters.forEach((character, i) => assert.deepEqual(answers[2 * i].replacements,
    [{ written: character, sent: smartMap.default[character] }]));
});

test('nothing else is replaced', () => {
  const questions = [];
  for (let value = 1; value < 0x30000; value += 1) {
    const character = String.fromCodePoint(value);
    if (/\p{Surrogate}/u.test(character) || character in smartMap.default) continue;
    if (questions.length === 0 || questions.at(-1).content.length > 1000) questions.push({ content: '', smartEncoding: true });
    questions.at(-1).content += character;
  }
  ask('texts', questions).forEach((answer) => assert.deepEqual(answer.replacements, []));
});

test('every character of the Basic Multilingual Plane has its encoding', () => {
  const questions = [];
  for (let value = 1; value < 0x10000; value += 1) {
    if (value < 0xd800 || value > 0xdfff) questions.push({ content: String.fromCharCode(value), smartEncoding: false });
  }
  judgeAll(questions);
});

// Each class by an example at the border of the first part: so many plain characters, what follows them, how much of that the plugin
// puts into the first part, and how much the calculator does. A class that holds no more must be struck off.
const examples = [
  [classNames[0], 66, 'a🏽', '', 'a'],
  [classNames[1], 64, '👩‍🦰', '', '👩‍'],
  [classNames[2], 65, 'a\u200d❤', 'a\u200d', ''],
  [classNames[3], 65, 'क्ष', '', 'क्'],
  [classNames[4], 66, 'a\u0898', '', 'a'],
  [classNames[5], 62, '🇩🇪\u0301\u0302', '', '🇩🇪\u0301'],
  [classNames[6], 64, '\u0600🇩🇪', '', '\u0600🇩'],
];
for (const [name, count, characters, own, official] of examples) {
  test(`a known difference: ${name}`, () => {
    const plain = 'á'.repeat(count);
    const question = { content: `${plain}${characters}ááááá`, smartEncoding: false };
    const [answer] = ask('texts', [question]);
    assert.deepEqual([...judge(question, answer)], [name]);
    assert.equal(answer.parts[0], plain + own);
    assert.equal(officially(question.content, false).parts[0], plain + official);
  });
}

test(`a known difference: ${overfull}`, () => {
  const tower = `a${'\u0301'.repeat(70)}`;
  const half = `b${'\u0301'.repeat(49)}`;
  const plain = 'á'.repeat(20);
  for (const [content, own, official] of [
    [`${tower}á`, [tower.slice(0, 67), `${tower.slice(67)}á`], ['', tower, 'á']],
    [`${plain}${half}${half}á`, [plain, half, `${half}á`], [plain, `${half}${half}`, 'á']],
  ]) {
    const question = { content, smartEncoding: false };
    const [answer] = ask('texts', [question]);
    assert.deepEqual([...judge(question, answer)], [overfull]);
    assert.deepEqual(answer.parts, own);
    assert.deepEqual(officially(content, false).parts, official);
  }
});
