import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { connect } from "@/lib/db/client";
import { databaseWatch } from "@/lib/db/reachable";
import { testDatabase } from "../support/database";
import { testClock } from "../support/jobs";

const { sql, url } = await testDatabase();

test("Postgres is asked once a second, however many pages want to know", async () => {
  let asked = 0;
  Object.assign(sql.options, {
    debug: (_connection: number, query: string) => {
      if (query === "select 1") asked += 1;
    },
  });
  const clock = testClock();
  const isThere = databaseWatch(sql, clock);
  const answers = await Promise.all(Array.from({ length: 50 }, isThere));
  expect(new Set(answers)).toEqual(new Set([true]));
  expect(asked).toBe(1);
  clock.advance(SECOND);
  await isThere();
  expect(asked).toBe(2);
});

test("a server whose places are all taken is there", async () => {
  const role = `crowd_${randomBytes(4).toString("hex")}`;
  await sql.unsafe(`create role ${role} login password 'secret' connection limit 0`);
  const address = new URL(url);
  address.username = role;
  address.password = "secret";
  const crowd = connect(address.href, 1);
  await expect(crowd.sql`select 1`).rejects.toMatchObject({ code: "53300" });
  expect(await databaseWatch(crowd.sql, testClock())()).toBe(true);
  await Promise.all([crowd.sql.end({ timeout: 0 }), crowd.locks.end({ timeout: 0 })]);
  await sql.unsafe(`drop role ${role}`);
});

test("a server that is only starting up is not there yet", async () => {
  const starting = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const fields = "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";
    const refusal = Buffer.alloc(5 + fields.length);
    refusal.write("E");
    refusal.writeInt32BE(4 + fields.length, 1);
    refusal.write(fields, 5);
    socket.once("data", () => socket.end(refusal));
  }).listen(0, "127.0.0.1");
  await once(starting, "listening");
  const { port } = starting.address() as AddressInfo;
  const soon = connect(`postgres://nobody@127.0.0.1:${port}/none`, 1);
  await expect(soon.sql`select 1`).rejects.toMatchObject({ code: "57P03" });
  expect(await databaseWatch(soon.sql, testClock())()).toBe(false);
  await Promise.all([soon.sql.end({ timeout: 0 }), soon.locks.end({ timeout: 0 })]);
  starting.close();
});

test("a server that is not there is not there, at once", async () => {
  const nowhere = connect("postgres://nobody@127.0.0.1:1/none", 1);
  expect(await databaseWatch(nowhere.sql, testClock())()).toBe(false);
  await Promise.all([nowhere.sql.end({ timeout: 0 }), nowhere.locks.end({ timeout: 0 })]);
});
