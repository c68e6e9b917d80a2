import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "@/proxy";
import { testDatabase } from "./support/database";
import { hold } from "./support/locks";

const { db } = await testDatabase();
const POOL = 10;

test("a pool whose connections are all at work is not an absent Postgres", async () => {
  const busy = await Promise.all(
    Array.from({ length: POOL }, () => hold(db, (tx) => tx.execute("select 1"))),
  );
  const answer = await proxy(new NextRequest("http://127.0.0.1/products"));
  expect(answer.status).toBe(200);
  await Promise.all(busy.map((one) => one.release()));
});
