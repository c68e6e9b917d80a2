import postgres from "postgres";
import { clusterBase } from "../../../scripts/launcher/database.mjs";
import { keyOf } from "../../../scripts/launcher/keys.mjs";
import {
  runningCluster,
  startCluster,
  stopRunningCluster,
} from "../../../scripts/postgres/cluster.mjs";

const dataDir = () => process.env.E2E_DATA_DIR ?? "";
const password = () => keyOf(dataDir(), "postgres-password");

/** For what no page can bring about: the end of a wait that takes too long for a test. */
export async function inDatabase(statement: string): Promise<void> {
  const running = await runningCluster(await clusterBase(dataDir()));
  const sql = postgres({
    host: "127.0.0.1",
    port: running?.port ?? 0,
    user: "duken",
    password: password(),
    database: "duken",
    max: 1,
  });
  await sql.unsafe(statement).finally(() => sql.end());
}

/** Takes the database away; the answer brings it back. */
export async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const base = await clusterBase(dataDir());
  const running = await runningCluster(base);
  await stopRunningCluster(base);
  return async () => {
    await startCluster({ base, password: password(), port: running?.port ?? 0 });
  };
}
