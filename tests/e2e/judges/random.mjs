// Seeded choices for generated tests. The seed is printed; JACKGW_SEED repeats a run.
import crypto from 'node:crypto';

export const seed = Number(process.env.JACKGW_SEED ?? crypto.randomInt(2 ** 32));
console.log(`JACKGW_SEED=${seed}`);

/** A generator of its own for each name, so that one test's choices don't depend on another's. */
export function randomFor(name) {
  const bytes = crypto.createHash('sha256').update(`${seed}/${name}`).digest();
  let state = bytes.readUInt32LE();
  /** A number in [0, 1): mulberry32. */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    some: (count, make) => Array.from({ length: count }, make),
  };
}
