type Word = string | number;

/** A number in [0, 1) that depends on its words only: the same words give the same number. */
export function roll(...words: Word[]): number {
  let hash = 2166136261;
  for (const word of words) {
    const text = String(word);
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
    }
    hash = Math.imul(hash ^ 31, 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A whole number from `lowest` to `highest`, both included. */
export function between(lowest: number, highest: number, ...words: Word[]): number {
  return lowest + Math.floor(roll(...words) * (highest - lowest + 1));
}

export function pick<T>(list: readonly [T, ...T[]], ...words: Word[]): T {
  return list[Math.floor(roll(...words) * list.length)] ?? list[0];
}

export function digits(count: number, ...words: Word[]): string {
  let text = "";
  while (text.length < count) text += between(0, 9, ...words, text.length);
  return text;
}

export function hex(count: number, ...words: Word[]): string {
  let text = "";
  while (text.length < count) text += between(0, 15, ...words, text.length).toString(16);
  return text;
}
