import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import {
  budgetFreeAt,
  dayIn,
  exitState,
  jobTroubles,
  lastDays,
  noGoods,
  shareOf,
  standingOf,
  sumGoods,
} from "@/lib/overview/rules";

const now = new Date("2026-11-21T12:00:00Z");
const ago = (milliseconds: number) => later(now, -milliseconds);

describe("how a store stands", () => {
  const healthy = {
    session: "valid" as const,
    login: "shop@example.kz",
    isActive: true,
    sendingStoppedAt: null,
    writesBlockedUntil: null,
    isHeld: false,
    lastSyncAt: ago(HOUR),
    nextSyncAt: later(now, HOUR),
  };

  it.each([
    ["works", {}],
    ["works", { session: "unknown" as const }],
    ["works", { writesBlockedUntil: ago(MINUTE) }],
    ["works", { nextSyncAt: ago(30 * MINUTE) }],
    ["needs_login", { session: "needs_reauth" as const }],
    ["login_waits", { session: "waiting" as const }],
    ["needs_login", { login: null }],
    ["stopped", { sendingStoppedAt: ago(HOUR) }],
    ["paused", { isActive: false }],
    ["paused", { isActive: false, isHeld: true }],
    ["held", { isHeld: true, writesBlockedUntil: later(now, MINUTE) }],
    ["writes_blocked", { writesBlockedUntil: later(now, MINUTE) }],
    ["loading", { lastSyncAt: null }],
    ["sync_late", { nextSyncAt: ago(2 * HOUR) }],
  ])("%s with %o", (standing, facts) => {
    expect(standingOf({ ...healthy, ...facts }, false, now)).toBe(standing);
  });

  it("is stopped when everything is, but a missing login is told first", () => {
    expect(standingOf(healthy, true, now)).toBe("stopped");
    expect(standingOf({ ...healthy, session: "needs_reauth" }, true, now)).toBe("needs_login");
  });
});

describe("jobs somebody should look at", () => {
  const job = { job: "sync-store", late: false, lastSuccessAt: null, lastFailureAt: null };

  it("are those that are late and those that failed since they last worked", () => {
    const troubles = jobTroubles(
      [
        job,
        { ...job, job: "late", late: true },
        { ...job, job: "failing", lastFailureAt: ago(HOUR) },
        { ...job, job: "both", late: true, lastFailureAt: ago(HOUR) },
        { ...job, job: "recovered", lastFailureAt: ago(HOUR), lastSuccessAt: ago(MINUTE) },
        { ...job, job: "long ago", lastFailureAt: ago(2 * DAY) },
      ],
      now,
    );
    expect(troubles.map(({ job, kind }) => [job, kind])).toEqual([
      ["late", "late"],
      ["failing", "failing"],
      ["both", "failing"],
    ]);
  });
});

describe("an address we read from", () => {
  it("works again as soon as its rest is over, whatever the rest was for", () => {
    const rest = (restingUntil: Date | null, restReason: string | null) =>
      exitState({ restingUntil, restReason, deadSince: null }, now);
    expect(rest(null, null)).toBe("works");
    expect(rest(now, "kaspi_address_refused")).toBe("works");
    expect(rest(later(now, MINUTE), "kaspi_throttled")).toBe("resting");
    expect(rest(later(now, MINUTE), "kaspi_address_refused")).toBe("refused");
  });

  it("is dead while nothing comes through, rested or not", () => {
    const dead = { restingUntil: null, restReason: null, deadSince: now };
    expect(exitState(dead, now)).toBe("dead");
  });
});

describe("when a login may send again", () => {
  const free = { used: 3, limit: 250, slotFreeAt: null, writesBlockedUntil: null };

  it("is now while the window has room and Kaspi has not stopped it", () => {
    expect(budgetFreeAt(free, now)).toBeNull();
    expect(budgetFreeAt({ ...free, writesBlockedUntil: ago(1) }, now)).toBeNull();
    expect(budgetFreeAt({ ...free, slotFreeAt: later(now, HOUR) }, now)).toBeNull();
  });

  it("is the later of the two when both stand in the way", () => {
    const full = { ...free, used: 250, slotFreeAt: later(now, MINUTE) };
    expect(budgetFreeAt(full, now)).toEqual(later(now, MINUTE));
    const blocked = { ...full, writesBlockedUntil: later(now, HOUR) };
    expect(budgetFreeAt(blocked, now)).toEqual(later(now, HOUR));
    const soon = { ...full, writesBlockedUntil: later(now, 1) };
    expect(budgetFreeAt(soon, now)).toEqual(later(now, MINUTE));
  });
});

describe("the share of first places", () => {
  it("says all or none only when it is so", () => {
    const counts = fc
      .nat({ max: 100_000 })
      .chain((ranked) =>
        fc.record({ ranked: fc.constant(ranked), first: fc.nat({ max: ranked }) }),
      );
    fc.assert(
      fc.property(counts, ({ first, ranked }) => {
        const share = shareOf({ first, ranked });
        expect(share === null).toBe(ranked === 0);
        if (ranked === 0) return;
        expect(share === 100).toBe(first === ranked);
        expect(share === 0).toBe(first === 0);
      }),
    );
  });

  it("is added up over stores", () => {
    const one = { ...noGoods, watched: 5, ranked: 4, first: 1 };
    expect(sumGoods([one, { ...one, late: 2 }])).toEqual({
      ...noGoods,
      watched: 10,
      ranked: 8,
      first: 2,
      late: 2,
    });
    expect(sumGoods([])).toEqual(noGoods);
  });
});

describe("the days of the line", () => {
  it("are a calendar's, ending today, with a gap where nobody counted", () => {
    const counted = [
      { day: "2026-11-20", ranked: 10, first: 4 },
      { day: "2026-10-01", ranked: 10, first: 9 },
    ];
    expect(lastDays(counted, { today: "2026-11-21", days: 3 })).toEqual([
      { day: "2026-11-19", ranked: 0, first: 0 },
      { day: "2026-11-20", ranked: 10, first: 4 },
      { day: "2026-11-21", ranked: 0, first: 0 },
    ]);
  });

  it("cross the border of a month and of summer time", () => {
    const days = lastDays([], { today: "2026-03-30", days: 3 }).map(({ day }) => day);
    expect(days).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    expect(lastDays([], { today: "2026-03-01", days: 2 })[0]?.day).toBe("2026-02-28");
  });

  it("begin at midnight of the workspace, not of the server", () => {
    const late = new Date("2026-11-20T19:30:00Z");
    expect(dayIn(late, "Asia/Almaty")).toBe("2026-11-21");
    expect(dayIn(late, "UTC")).toBe("2026-11-20");
  });
});
