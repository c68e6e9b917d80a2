import type { InngestFunction } from "inngest";
import { afterAll } from "vitest";
import type { KaspiAccess } from "@/lib/exits/access";
import { startTestJobs } from "./jobs";
import type { TestOffice } from "./office";

const shared = globalThis as typeof globalThis & { dukenKaspiAccess?: KaspiAccess };

/** Whatever acts for its process, as jobs and commands do, acts in this office. Once per test file, at its top. */
export function reachableByJobs({ access }: TestOffice): void {
  shared.dukenKaspiAccess = access;
  afterAll(() => {
    delete shared.dukenKaspiAccess;
  });
}

/** The real jobs, by the office's clock. */
export function startOfficeJobs(
  { access, twin }: TestOffice,
  functions: readonly InngestFunction.Any[],
) {
  const advance = (ms: number) => void twin.advance({ ms });
  return startTestJobs({ functions, clock: Object.assign(() => access.clock(), { advance }) });
}
