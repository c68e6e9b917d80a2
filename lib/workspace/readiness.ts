import { vault } from "@/lib/auth/vault";
import type { Db } from "@/lib/db/client";
import { pendingMigrations } from "@/lib/db/migrations";
import { jobHealth } from "@/lib/jobs/health";
import { log } from "@/lib/log";
import { anySealed, getWorkspace } from "./queries";

type Part = "database" | "migrations" | "jobs" | "encryption";
export type Readiness = Record<Part, "ok" | "failed">;

/** Whether what the office stands on works. Says which part does not, never why: that is in the log. */
export async function readiness(db: Db, now: Date): Promise<Readiness> {
  const works = async (part: Part, check: () => Promise<boolean>) => {
    try {
      return (await check()) ? "ok" : "failed";
    } catch (error) {
      log.error({ err: error, part }, "not ready");
      return "failed";
    }
  };
  const [database, migrations, jobs, encryption] = await Promise.all([
    works("database", async () => Boolean(await getWorkspace(db))),
    works("migrations", async () => (await pendingMigrations(db)) === 0),
    works("jobs", async () => (await jobHealth(now, db)).every((job) => !job.late)),
    works("encryption", async () => vault().open(await sealed(db)) !== ""),
  ]);
  return { database, migrations, jobs, encryption };
}

/** What the key must open: a stored secret if there is one, so that a wrong key is noticed. */
async function sealed(db: Db): Promise<string> {
  return (await anySealed(db)) ?? vault().seal("probe");
}
