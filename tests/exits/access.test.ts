import { expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { createAccess } from "@/lib/exits/access";
import { testOffice } from "../support/office";

const office = await testOffice();

test("a connection is kept while it is asked for, and forgotten an hour after", () => {
  let now = new Date("2026-03-02T12:00:00Z");
  const access = createAccess({ ...office.access, clock: () => now });
  const proxy = "http://reader:password@127.0.0.1:1";
  const first = access.transport(proxy);
  for (let nth = 0; nth < 3; nth += 1) {
    now = later(now, 40 * MINUTE);
    expect(access.transport(proxy)).toBe(first);
    access.transport(null);
  }
  now = later(now, 61 * MINUTE);
  access.transport("http://127.0.0.1:2");
  expect(access.transport(proxy)).not.toBe(first);
});
