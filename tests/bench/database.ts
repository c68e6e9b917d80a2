import { randomBytes } from "node:crypto";
import { migrate } from "@/lib/cli/migrate";
import { connect, type Database } from "@/lib/db/client";
import { ensureDirectExit } from "@/lib/exits/queries";
import { bindToKaspi } from "@/lib/workspace/queries";

/** The Postgres of this run, started by scripts/bench.mjs with the settings of an installation. */
export function postgresServer(): { url: string; pid: number } {
  const { BENCH_DATABASE_URL: url, BENCH_DATABASE_PID: pid } = process.env;
  if (!url || !pid) throw new Error("run me with npm run bench");
  return { url, pid: Number(pid) };
}

const shared = globalThis as typeof globalThis & { dukenDatabase?: Database };

/** A migrated, empty database; `database()` of the code under measurement is the same one. */
export async function newDatabase(): Promise<Database & { url: string }> {
  const url = new URL(postgresServer().url);
  url.pathname = `/bench_${randomBytes(4).toString("hex")}`;
  await migrate(url.href);
  process.env.DATABASE_URL = url.href;
  const opened = connect(url.href, 10);
  shared.dukenDatabase = opened;
  await bindToKaspi(opened.db, "twin");
  await ensureDirectExit(opened.db);
  return { ...opened, url: url.href };
}
