import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "duken_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 190 bits. */
const RANDOM_LENGTH = 32;
const CHECK_LENGTH = 6;

const shape = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECK_LENGTH}}$`);

/** CRC-32 of what stands before, in six digits of base 62. */
function checkOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < CHECK_LENGTH; place += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

/** The prefix lets a leak be found, the check tells a key from what only looks like one. */
export function newApiKey(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () =>
    ALPHABET.charAt(randomInt(ALPHABET.length)),
  );
  const body = PREFIX + random.join("");
  return body + checkOf(body);
}

/** Whether it can be a key of ours at all; asked before the database is. */
export function isApiKey(text: string): boolean {
  const body = text.slice(0, -CHECK_LENGTH);
  return shape.test(text) && checkOf(body) === text.slice(-CHECK_LENGTH);
}

/** `duken_Ab3d…9xYz`. */
export const hintOf = (key: string) => `${key.slice(0, PREFIX.length + 4)}…${key.slice(-4)}`;
