import type { InngestFunction } from "inngest";
import { type Clock, SECOND } from "@/lib/core/time";
import { type Database, database } from "@/lib/db/client";
import type { JobLog } from "@/lib/jobs/client";
import { type EmbeddedOptions, embeddedEngine } from "@/lib/jobs/embedded/engine";

export type TestClock = Clock & { advance(milliseconds: number): void };

/** A clock that moves only when it is told to. */
export function testClock(start = "2026-03-02T09:00:00.000Z"): TestClock {
  let now = new Date(start).getTime();
  return Object.assign(() => new Date(now), {
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  });
}

export type LogLine = { level: string; message: string | undefined; fields: object };

export function recordingLog(): { log: JobLog; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: string) => (fields: object, message?: string) => {
    lines.push({ level, message, fields });
  };
  const log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  return { log, lines };
}

/**
 * An engine that works only inside `drain()`, which resolves when nothing is due at the clock's
 * present time. Retries come after exactly one second of that clock.
 */
export async function startTestJobs(
  options: Partial<EmbeddedOptions> & {
    db?: Database;
    functions: readonly InngestFunction.Any[];
    clock?: TestClock;
  },
) {
  const clock = options.clock ?? testClock();
  const { log, lines } = recordingLog();
  const engine = embeddedEngine({
    database: options.db ?? database(),
    backoff: () => SECOND,
    log,
    ...options,
    clock,
  });
  await engine.register();
  return { ...engine, engine, clock, lines };
}

/** A door that job code waits at until the test opens it. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrivals = 0;
  let expected: { count: number; met(): void } | undefined;
  return {
    open: () => open(),
    get arrivals() {
      return arrivals;
    },
    async pass(): Promise<void> {
      arrivals += 1;
      if (expected && arrivals >= expected.count) expected.met();
      await opened;
    },
    /** Resolves when so many have come. */
    arrived(count: number): Promise<void> {
      return new Promise((met) => {
        if (arrivals >= count) met();
        else expected = { count, met };
      });
    },
  };
}
