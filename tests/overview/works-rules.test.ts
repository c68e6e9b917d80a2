import { describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import type { ChannelName } from "@/lib/exits/channel-model";
import { waysNow } from "@/lib/overview/works-rules";

const now = new Date("2026-03-02T12:00:00Z");
const ago = (minutes: number) => later(now, -minutes * MINUTE);

const fine = (channel: ChannelName, minutes = 1) => ({
  ...{ channel, lastOkAt: ago(minutes), failuresInRow: 0, failingSince: null },
});
const failing = (channel: ChannelName, since: number, failuresInRow = 5) => ({
  ...{ channel, lastOkAt: ago(since), failuresInRow, failingSince: ago(since) },
});

const storefront = (...states: Parameters<typeof waysNow>[0]) =>
  waysNow(states).find(({ group }) => group === "storefront");

describe("a way to Kaspi", () => {
  test("is idle until somebody has asked", () => {
    expect(waysNow([]).map(({ group, state }) => `${group} ${state}`)).toEqual([
      "storefront idle",
      "list idle",
      "writes idle",
      "login idle",
      "shop_api idle",
    ]);
  });

  test("works when the last answers were answers, and says when the latest came", () => {
    expect(storefront(fine("market", 9), fine("market", 2))).toMatchObject({
      ...{ state: "works", since: null, lastOkAt: ago(2) },
    });
  });

  test("struggles while some of it answers, since the first went silent", () => {
    expect(storefront(fine("market"), failing("market", 5), failing("market", 20))).toMatchObject({
      ...{ state: "struggling", since: ago(20) },
    });
  });

  test("is not down by an accident", () => {
    expect(storefront(failing("market", 1, 1))).toMatchObject({ state: "struggling" });
  });

  test("is down when all of it is silent, since the last of it went so", () => {
    expect(storefront(failing("market", 5), failing("market", 20))).toMatchObject({
      ...{ state: "down", since: ago(5) },
    });
  });

  test("goes on while another one is down", () => {
    const states = waysNow([failing("market", 9), fine("list"), fine("session"), fine("prices")]);
    expect(states.map(({ state }) => state)).toEqual(["down", "works", "works", "idle", "idle"]);
  });
});
