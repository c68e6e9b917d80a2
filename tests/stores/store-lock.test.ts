import { beforeAll, expect, test } from "vitest";
import { withStoreLock } from "@/lib/stores/store-lock";
import { testOffice } from "../support/office";

beforeAll(() => testOffice());

test("a crowd before one store leaves the other stores their turns", async () => {
  let end = () => {};
  const held = new Promise<void>((done) => {
    end = done;
  });
  const first = withStoreLock("crowded", "check", () => held);
  const done: number[] = [];
  const crowd = Array.from({ length: 40 }, (_, nth) =>
    withStoreLock("crowded", "check", async () => {
      done.push(nth);
    }),
  );
  await withStoreLock("crowded", "publish", async () => {});
  expect(await withStoreLock("another", "check", async () => "its turn")).toBe("its turn");
  expect(done).toEqual([]);
  end();
  await Promise.all([first, ...crowd]);
  expect(done).toEqual(crowd.map((_, nth) => nth));
});

test("a failure of one does not stop those behind it", async () => {
  const failed = withStoreLock("unlucky", "check", () => Promise.reject(new Error("broken")));
  const next = withStoreLock("unlucky", "check", async () => "next");
  await expect(failed).rejects.toThrow("broken");
  expect(await next).toBe("next");
});
