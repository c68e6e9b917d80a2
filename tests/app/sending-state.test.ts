import { describe, expect, it } from "vitest";
import { sendingState } from "@/app/(office)/stores/sending-state";

const now = new Date("2026-05-09T10:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const works = {
  sendingStoppedAt: null,
  isActive: true,
  session: "valid",
  login: "shop@mail.kz",
  writesBlockedUntil: null,
  botsCount: 3,
} as const;

describe("whether a store sends prices", () => {
  it.each([
    ["it does, while nothing is in the way", {}, false, "on"],
    ["there is nothing to send without a bot", { botsCount: 0 }, false, "idle"],
    ["Kaspi's pause is on", { writesBlockedUntil: at(5) }, false, "blocked"],
    ["Kaspi's pause is over", { writesBlockedUntil: at(-1) }, false, "on"],
    ["a store on pause sends nothing", { isActive: false, login: null }, false, "paused"],
    [
      "a dead session is said before Kaspi's pause",
      { session: "needs_reauth", writesBlockedUntil: at(5) },
      false,
      "waitsForLogin",
    ],
    ["a store without a login waits for one", { login: null }, false, "waitsForLogin"],
    [
      "the stop of the office is said before a dead session",
      { session: "needs_reauth" },
      true,
      "stoppedEverywhere",
    ],
    [
      "the store's own stop is said before the office's",
      { sendingStoppedAt: at(-9) },
      true,
      "stopped",
    ],
  ] as const)("%s", (_, differs, isOfficeStopped, state) => {
    expect(sendingState({ ...works, ...differs }, isOfficeStopped, now.getTime())).toBe(state);
  });
});
