import { type Allowance, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { storable } from "@/lib/core/text";
import { MINUTE } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { type Looked, lookAtTable } from "./look-at-table";

/** What each would change is kept, up to half a million cells of it. */
const looks: Allowance = {
  ...{ action: "table.looked_at", most: 20, withinMs: 10 * MINUTE },
  error: "too_many_tables",
};

/**
 * Looks at a table that a person has sent, and writes down that they did. Returns the import's id. Throws
 * `rate_limited` after twenty in ten minutes, and what `lookAtTable` does.
 */
export async function receiveTable(
  db: Db,
  caller: Caller,
  table: Looked,
  now: Date,
): Promise<string> {
  // Whether the store is theirs to see is asked with the table.
  const details = { file: storable(table.fileName).slice(0, 200) };
  await takeAllowed(db, caller.id, looks, { at: now, details });
  return lookAtTable(db, caller, table, now);
}
