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

test("a connection that is lost in a transaction fails what was under way, and the pool is whole again", async () => {
  for (let round = 0; round < 5; round += 1) {
    const work = pool.sql.begin(async (tx) => {
      const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await outside`select pg_terminate_backend(${backend?.pid ?? 0})`;
      await tx`select pg_sleep(5)`.catch(() => {});
      // Whoever has not noticed goes on asking.
      await tx`select 1`;
    });
    await expect(work).rejects.toThrow();
    expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
  }
});
