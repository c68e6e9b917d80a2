import postgres from "postgres";
import { joinDatabase, leaveDatabase } from "../../../scripts/launcher/database.mjs";
import { instanceFrom } from "../../../scripts/launcher/instance.mjs";

/** The running office's own database, for what no page can bring about: time that has passed, work that was lost. */
export async function inOfficeDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const instance = instanceFrom({ DATA_DIR: process.env.E2E_DATA_DIR });
  const sql = postgres(await joinDatabase(instance), { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
    await leaveDatabase(instance);
  }
}
