import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { checkAccount } from "@/lib/accounts/check-account";
import { AppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import type { Channel } from "@/lib/exits/channel-model";
import { channelsOf } from "@/lib/exits/channel-queries";
import { throughChannel } from "@/lib/exits/channels";
import { testOffice } from "../support/office";
import { connectedStore, smallShop, syncNow } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;

let channel: Channel;
beforeEach(() => {
  channel = { name: "market", of: randomUUID(), forStore: null };
});

const answers = () => throughChannel(access, channel, async () => "answer");
const fails = (kind: "kaspi_timeout" | "kaspi_throttled" | "not_found" = "kaspi_timeout") =>
  throughChannel(access, channel, async () => {
    throw new AppError(kind);
  }).catch((error) => error);
const kept = async () => (await channelsOf(db, [channel.of]))[0];

describe("a channel to Kaspi", () => {
  test("hands on the answer and keeps when it came", async () => {
    expect(await answers()).toBe("answer");
    expect(await kept()).toMatchObject({ lastOkAt: expect.any(Date), lastFailureAt: null });
  });

  test("hands on the failure and keeps its kind", async () => {
    expect(await fails()).toMatchObject({ kind: "kaspi_timeout" });
    expect(await kept()).toMatchObject({ failureKind: "kaspi_timeout", failuresInRow: 1 });
  });

  test("writes the same answer once a minute, and another at once", async () => {
    await answers();
    const first = await kept();
    twin.advance({ ms: 30 * SECOND });
    await answers();
    expect(await kept()).toEqual(first);
    await fails();
    const failed = await kept();
    expect(failed).toMatchObject({ lastOkAt: first?.lastOkAt, failureKind: "kaspi_timeout" });
    twin.advance({ ms: MINUTE });
    await fails();
    expect(await kept()).not.toEqual(failed);
  });

  test("counts every failure in a row, written or not, until Kaspi answers", async () => {
    for (let times = 0; times < 5; times += 1) await fails();
    twin.advance({ ms: MINUTE });
    await fails();
    expect((await kept())?.failuresInRow).toBe(6);
    await answers();
    expect(await kept()).toMatchObject({ failuresInRow: 0, failureKind: "kaspi_timeout" });
  });

  test("says nothing about failures of our own", async () => {
    await fails("not_found");
    expect(await kept()).toBeUndefined();
  });
});

test("a login, its check and a sync leave their answers behind", async () => {
  const { storeId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [account] = await db.select({ id: kaspiAccounts.id }).from(kaspiAccounts);
  if (!account) throw new Error("no account");
  twin.expireSessions({ email: smallShop.email });
  await checkAccount(access, account.id);
  const states = await channelsOf(db, [storeId, account.id]);
  expect(Object.fromEntries(states.map((state) => [state.channel, state.failuresInRow]))).toEqual({
    login: 0,
    session: 0,
    list: 0,
    points: 0,
  });
  const session = states.find((state) => state.channel === "session");
  expect(session?.failureKind).toBe("kaspi_session_expired");
});
