// Texts that are hard to count: what stands near the border of a part, and what a reader takes for one character.
import smartMap from 'sms-segments-calculator/dist/libs/SmartEncodingMap.js';

const lookAlikes = Object.keys(smartMap.default).filter((character) => character !== '\0');

const kinds = {
  gsm: [...'abcdefgh ABCDEFGH 0123456789 @$_!?.,éèàìòùÇÉÑΓΔΘΛΞΠΣΦΨΩ¿¡ÄÖÜäöüß£¥¤'],
  extension: [...'^{}\\[~]|€\f'],
  lines: ['\n', '\r', '\r\n', '\r\n\r\n', '\n\r'],
  accented: [...'áíóúçÀÈµâêîôûãñ`’“”αβΑΒ', 'Привет', '日本語', 'مرحبا', 'שלום', 'ไทย', 'กำ'],
  combining: ['e\u0301', 'n\u0303', 'o\u0302\u0301', 'a\u0300\u0301\u0302\u0303\u0304', '\u0301', ' \u0308', '\u200b\u0301',
    'ש\u05bc\u05c1', 'ب\u064e\u0651', 'か\u3099'],
  emoji: ['😀', '🛎', '☺', '☺️', '❤️', '☎︎', '1️⃣', '#️⃣', '©️', '🕰️'],
  joined: ['👨‍👩‍👧', '👨‍👩‍👧‍👦', '👩‍🚀', '👩‍⚕️', '❤️‍🔥', '🏳️‍🌈', '🏴‍☠️', '🐕‍🦺', '👩‍🦰', '🧑‍🤝‍🧑', '👁️‍🗨️', '👩‍❤️‍💋‍👨'],
  tones: ['👍🏽', '👋🏿', '👩🏽‍🚀', '🧑🏿‍🤝‍🧑🏻', '☝️🏽', '🏽', 'a🏽', '👍🏽🏽', '🎅🏾', '🫱🏻‍🫲🏿'],
  flags: ['🇩🇪', '🇫🇷🇮🇹', '🇩', '🇩🇪🇫', '🇩🇪🇫🇷🇮', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇩‍🇪', '🇩\u0301🇪'],
  jamo: ['\u1100\u1161\u11a8', '\u1100\u1161', '\u1100', '\u1161', '\u11a8', '\uac00\u11a8', '\uac01\u11a8', '\u1100\u1100\u1161', '한국'],
  indic: ['क्षि', 'क्‍ष', 'क्‌ष', 'हिन्दी', 'নমস্কার', 'த்ரீ', 'நீ', 'శ్రీ', 'ക്ഷ', 'ൎക', 'กี้', 'ຂໍ້', 'မြန်မာ', 'ខ្មែរ', 'བོད'],
  invisible: ['\u200d', '\u200c', '\u200b', '\ufeff', '\u2060', '\u200e', '\u200f', '\u00ad', '\ufe0f', '\ufe0e', '\u{e0001}', '\u{e0020}',
    '\u{e007f}', '\t', '\u0001', '\u007f', '\u0085', '\u2028'],
  before: ['\u0600', '\u06dd', '\u{110bd}', '\u{110cd}', '\u0890', '\u{111c2}'],
  lookAlikes,
};

/** Any character but NUL and surrogates, assigned or not. */
function anyCharacter(random) {
  for (;;) {
    const value = random.below(random.pick([0x250, 0x3000, 0x10000, 0x20000, 0x110000]));
    if (value > 0 && (value < 0xd800 || value > 0xdfff)) return String.fromCodePoint(value);
  }
}

/** One base letter under so many marks that few parts have room for it. */
function tower(random) {
  return random.pick(['a', 'Z', '日']) + random.some(random.between(20, 90), () => random.pick(['\u0301', '\u0332', '\u20d7'])).join('');
}

const borders = [67, 70, 134, 153, 160, 201, 306, 459, 1600];

/** A text of up to some 1700 UTF-16 units. */
export function generatedText(random) {
  const chosen = random.some(random.between(1, 4), () => random.pick(Object.values(kinds)));
  const item = () => {
    if (random.chance(0.03)) return anyCharacter(random);
    if (random.chance(0.01)) return tower(random);
    return random.pick(random.pick(chosen));
  };
  if (random.chance(0.3)) return random.some(random.below(120), item).join('');
  // Plain up to a border, then what may not be cut there; and so on to the next border.
  const plain = random.pick(['a', 'é', 'á', '日', '€']);
  let text = '';
  for (let part = random.between(1, 3); part > 0; part -= 1) {
    const length = random.pick(borders) + random.between(-12, 3);
    while (text.length < length) text += plain;
    text += random.some(random.between(1, 6), item).join('');
  }
  return text;
}
