import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { bodySchema, eventData } from "@/lib/webhooks/event-data-model";
import { sentEvents } from "@/lib/webhooks/event-model";
import { newSecret, signatureOf } from "@/lib/webhooks/signature";

const text = readFileSync("docs/webhooks.md", "utf8");
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, block = ""]) => block,
  );
const examples = blocks("json").map((block) => JSON.parse(block));

test("every event has an example, and each is as its schema says", () => {
  expect(examples.map(({ event }) => event).sort()).toEqual([...sentEvents].sort());
  for (const example of examples) {
    const { event, data } = bodySchema.parse(example);
    expect(eventData[event].parse(data)).toEqual(data);
  }
});

const secret = newSecret();
const body = JSON.stringify({ note: "Шашлық 100 ₸" });
const now = new Date("2026-03-02T09:00:00Z");
const seconds = now.getTime() / 1_000;
const signature = signatureOf(secret, body, now);

test("the lines for Node know our signature from others", async () => {
  const [source = ""] = blocks("js");
  const { isFromDuken } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`
  );
  expect(isFromDuken(secret, signature, body, seconds + 10)).toBe(true);
  expect(isFromDuken(secret, signature, `${body} `, seconds + 10)).toBe(false);
  expect(isFromDuken(newSecret(), signature, body, seconds + 10)).toBe(false);
  expect(isFromDuken(secret, signature, body, seconds + 301)).toBe(false);
});

const hasPython = await promisify(execFile)("python3", ["--version"]).then(
  () => true,
  () => false,
);

test.runIf(hasPython)("the lines for Python know our signature from others", async () => {
  const [source = ""] = blocks("python");
  const asked = JSON.stringify([secret, signature, body, seconds]);
  const script = `${source}
import json, sys
secret, signature, body, at = json.loads(sys.argv[1])
print([is_from_duken(secret, signature, text.encode(), at + later)
  for text, later in ((body, 10), (body + " ", 10), (body, 301))])`;
  const { stdout } = await promisify(execFile)("python3", ["-c", script, asked]);
  expect(stdout.trim()).toBe("[True, False, False]");
});
