import fc from "fast-check";
import { expect, test } from "vitest";
import { newTaskId } from "@/lib/tasks/task-id";

const now = new Date("2026-03-02T06:00:00.123Z");

test("two of one millisecond differ", () => {
  const made = new Set(Array.from({ length: 1_000 }, () => newTaskId(now, "salt")));
  expect(made.size).toBe(1_000);
});

test("an id is 64 hex digits of the moment, the salt and the nonce: it changes with each of them", () => {
  const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
  const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2200-01-01") });
  fc.assert(
    fc.property(moment, fc.string(), nonce, (at, salt, random) => {
      const id = newTaskId(at, salt, random);
      expect(id).toMatch(/^[0-9a-f]{64}$/);
      expect(newTaskId(at, salt, random)).toBe(id);
      expect(newTaskId(new Date(at.getTime() - 1), salt, random)).not.toBe(id);
      expect(newTaskId(at, `${salt}x`, random)).not.toBe(id);
      const other = Buffer.from(random);
      other[0] = (other[0] ?? 0) ^ 1;
      expect(newTaskId(at, salt, other)).not.toBe(id);
    }),
  );
});
