// Where the plugin and the official calculator see different characters. The plugin asks ICU (Unicode 15 in Debian 12, 16 in 13), the
// calculator brings rules and tables of Unicode 10. Each difference must belong to one of the classes below.
import Splitter from 'grapheme-splitter';

const splitter = new Splitter();
const modern = new Intl.Segmenter('en', { granularity: 'grapheme' });

const isOneInPackage = (text) => splitter.splitGraphemes(text).length === 1;
const isOneToday = (text) => [...modern.segment(text)].length === 1;

/** A character joins its neighbour today and did not in Unicode 10, or the other way round. */
function changed(pair, joined) {
  return isOneInPackage(pair) !== joined && isOneToday(pair) === joined;
}

const picture = String.raw`\p{Extended_Pictographic}(\p{Grapheme_Extend}|\p{Emoji_Modifier})*`;
const endsWithJoinedPicture = new RegExp(String.raw`${picture}\u200d$`, 'u');
// The scripts for which ICU knows it: Devanagari, Bengali, Gujarati, Oriya, Telugu, Malayalam.
const viramas = '\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d';
const endsWithDeadConsonant = new RegExp(String.raw`\p{Lo}[\p{M}\u200d]*[${viramas}][\p{M}\u200d]*$`, 'u');
const indian = /^(?=\p{Lo})[\p{sc=Deva}\p{sc=Beng}\p{sc=Gujr}\p{sc=Orya}\p{sc=Telu}\p{sc=Mlym}]/u;

// `before` is the text up to the border and ends with the character `previous`, `next` is the character behind it, `joined`
// says that the plugin sees no border there.
const classes = {
  'a skin tone continues whatever stands before it (since Unicode 11)': ({ next, joined }) =>
    joined && /^\p{Emoji_Modifier}/u.test(next),
  'a joiner joins any two pictures (since Unicode 11)': ({ before, next, joined }) =>
    joined && endsWithJoinedPicture.test(before) && /^\p{Extended_Pictographic}/u.test(next),
  'a joiner joins nothing but pictures (since Unicode 11)': ({ before, joined }) =>
    !joined && before.endsWith('\u200d') && !endsWithJoinedPicture.test(before),
  'consonants of Indian scripts form one character (since Unicode 15.1, in ICU before)': ({ before, next, joined }) =>
    joined && endsWithDeadConsonant.test(before) && indian.test(next),
  'a character that Unicode added or changed after version 10': ({ previous, next, joined }) =>
    changed(`a${next}`, joined) || changed(`${previous}a`, joined) || changed(previous + next, joined),
  'more than one mark behind a flag, which the calculator takes for a border': ({ before, next, joined }) =>
    joined && /\p{RI}[\p{M}\p{Grapheme_Extend}\u200d]+$/u.test(before) && isOneToday(`a${next}`),
  'a sign before the letters of flags, which makes the calculator pair them wrongly': ({ before, next }) => {
    const run = /(\P{RI})\p{RI}+$/u.exec(before);
    return run !== null && /^\p{RI}/u.test(next) && isOneToday(`${run[1]}a`);
  },
};

function bordersOf(graphemes) {
  const borders = new Set();
  let at = 0;
  for (const grapheme of graphemes) {
    at += grapheme.length;
    borders.add(at);
  }
  return borders;
}

/** The borders that only one of the two sees, each with the name of its class; without a name it belongs to none. */
export function differencesOf(text, ours) {
  const theirs = bordersOf(splitter.splitGraphemes(text));
  const own = bordersOf(ours);
  return [...new Set([...theirs, ...own])].filter((border) => theirs.has(border) !== own.has(border)).map((border) => {
    const before = text.slice(Math.max(0, border - 300), border);
    const difference = { before, previous: [...before].at(-1), next: String.fromCodePoint(text.codePointAt(border)),
      joined: !own.has(border) };
    return { ...difference, name: Object.keys(classes).find((name) => classes[name](difference)) };
  });
}

export const classNames = Object.keys(classes);
