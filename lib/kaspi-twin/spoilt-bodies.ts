import { gzipSync } from "node:zlib";
import { SECOND } from "@/lib/core/time";
import { type Answer, parsed } from "@/lib/kaspi-twin/http";

const asJson = { "content-type": "application/json" };

/** So many bytes that are no JSON. */
export function noise(bytes: number): Answer {
  return { status: 200, headers: asJson, body: Buffer.alloc(bytes, "\u0001junk") };
}

const MEMBER = 1024 * 1024;
const MEMBERS = 64;
let packed: Buffer | null = null;

/** A packed body of 64 KB that unpacks to a thousand times as much: gzip takes members in a row. */
export function bomb(): Answer {
  if (packed === null) {
    const member = gzipSync(Buffer.alloc(MEMBER, " "));
    packed = Buffer.concat(new Array<Buffer>(MEMBERS).fill(member));
  }
  return { status: 200, headers: { ...asJson, "content-encoding": "gzip" }, body: packed };
}

/** The same JSON with values of other kinds, so many levels deep. */
export function twisted(answer: Answer, depth: number): Answer {
  const value = parsed(String(answer.body ?? ""));
  return { ...answer, body: JSON.stringify(twist(value, depth)) };
}

function twist(value: unknown, depth: number): unknown {
  if (depth < 0) return value;
  if (typeof value === "number") return "много";
  if (typeof value === "boolean") return [value];
  if (typeof value === "string") return { text: value };
  if (Array.isArray(value))
    return depth === 0 ? { ...value } : value.map((one) => twist(one, depth - 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, twist(one, depth - 1)]),
  );
}

/** As sent by a clock that is so far ahead: its Date, and a Retry-After counted from it. */
export function skewed(answer: Answer, byMs: number): Answer {
  const theirs = Date.now() + byMs;
  const date = new Date(theirs).toUTCString();
  const seconds = Number(answer.headers?.["retry-after"]);
  const retryAfter = new Date(Math.floor(theirs / SECOND) * SECOND + seconds * SECOND);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      date,
      ...(Number.isFinite(seconds) && { "retry-after": retryAfter.toUTCString() }),
    },
  };
}
