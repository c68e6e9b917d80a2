import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { connect } from "@/lib/db/client";
import { testDatabase } from "../support/database";

const { url } = await testDatabase();
const pool = connect(url, 1);
const outside = postgres(url, { max: 1 });

afterAll(async () => {
  await Promise.all([pool.sql.end({ timeout: 1 }), pool.locks.end({ timeout: 1 }), outside.end()]);
});

/** Something to wait at until it is opened. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

async function loseConnection(tx: postgres.TransactionSql): Promise<void> {
  const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await outside`select pg_terminate_backend(${backend?.pid ?? 0})`;
  await tx`select pg_sleep(5)`.catch(() => {});
}

test("a connection that is lost in a transaction fails what was under way, and the pool is whole again", async () => {
  for (let round = 0; round < 10; round += 1) {
    const work = pool.sql.begin(async (tx) => {
      await loseConnection(tx);
      // Whoever has not noticed goes on asking.
      await tx`select 1`;
    });
    await expect(work).rejects.toThrow();
    expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
  }
});

test("what asks on after the loss neither writes in the next transaction nor ends it", async () => {
  await pool.sql`create table kept (what text)`;
  const next = gate();
  const late = gate();
  let answer: unknown;
  const lost = pool.sql.begin(async (tx) => {
    await loseConnection(tx);
    await next.opened;
    answer = await tx`insert into kept values ('late')`.catch((error: unknown) => error);
    late.open();
    throw new Error("rolls back");
  });
  await expect(lost).rejects.toThrow();
  await pool.sql.begin(async (tx) => {
    await tx`insert into kept values ('first')`;
    next.open();
    await late.opened;
    await tx`insert into kept values ('second')`;
  });
  expect(answer).toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(await pool.sql`select what from kept`).toEqual([{ what: "first" }, { what: "second" }]);
});

test("a big query under way when the connection is lost is answered", async () => {
  const long = "x".repeat(5_000);
  for (let round = 0; round < 10; round += 1) {
    const work = pool.sql.begin(async (tx) => {
      await loseConnection(tx);
      await tx`select ${long}::text`;
    });
    await expect(work).rejects.toThrow();
    expect(await pool.sql`select length(${long}::text) as length`).toEqual([{ length: 5_000 }]);
  }
});
