import path from "node:path";
import postgres from "postgres";
import { clusterBase, joinDatabase, leaveDatabase } from "../../../scripts/launcher/database.mjs";
import { instanceFrom } from "../../../scripts/launcher/instance.mjs";
import { keyOf } from "../../../scripts/launcher/keys.mjs";
import {
  runningCluster,
  startCluster,
  stopRunningCluster,
} from "../../../scripts/postgres/cluster.mjs";
import { withLock } from "../../../scripts/process/lock.mjs";
import { type Office, office } from "./office";

/** A running office's own database, for what no page can bring about: time that has passed, work that was lost. */
export async function inOfficeDatabase<T>(
  work: (sql: postgres.Sql) => Promise<T>,
  { dataDir }: Office = office(),
): Promise<T> {
  const instance = instanceFrom({ DATA_DIR: dataDir });
  const sql = postgres(await joinDatabase(instance), { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
    await leaveDatabase(instance);
  }
}

/** Takes the database away, and keeps the launcher from starting it; the answer brings it back. */
export async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const { dataDir } = office();
  const base = await clusterBase(dataDir);
  const port = (await runningCluster(base))?.port ?? 0;
  const password = keyOf(dataDir, "postgres-password");
  let bringBack = () => {};
  const wanted = new Promise<void>((resolve) => {
    bringBack = resolve;
  });
  return new Promise((isAway, failed) => {
    const whole = withLock(path.join(dataDir, "run", "postgres.lock"), async () => {
      await stopRunningCluster(base);
      isAway(() => {
        bringBack();
        return whole;
      });
      await wanted;
      await startCluster({ base, password, port });
    });
    whole.catch(failed);
  });
}
