import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { type SealedColumn, sealedColumns } from "@/lib/db/sealed-columns";
import type { Vault } from "./vault";

const BATCH = 200;

export type Rotation = {
  /** `table.column`. */
  name: string;
  /** How many were sealed anew. */
  resealed: number;
  /** Ids of the rows that none of our keys opens; they stay as they are. */
  unopened: string[];
};

/**
 * Seals everything with the current key that an earlier one has sealed. A row at a time and only where it is
 * still as it was read, so the office goes on beside it and an end at any moment costs nothing: what is done
 * is done, the next call does the rest.
 */
export async function rotateKeys(db: Tx, vault: Vault): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for (const column of sealedColumns) rotations.push(await rotateColumn(db, vault, column));
  return rotations;
}

async function rotateColumn(db: Tx, vault: Vault, column: SealedColumn): Promise<Rotation> {
  let resealed = 0;
  for (;;) {
    const pass = await passOver(db, vault, column);
    resealed += pass.resealed;
    // What changed in our hands may have been sealed by a process that has the old key still.
    if (pass.changed === 0) return { name: column.name, resealed, unopened: pass.unopened };
  }
}

async function passOver(db: Tx, vault: Vault, column: SealedColumn) {
  const pass = { resealed: 0, changed: 0, unopened: [] as string[] };
  for (let after: string | null = null; ; ) {
    const rows = await readSealed(db, vault, column, after);
    for (const { id, value } of rows) {
      const fresh = resealedBy(vault, value);
      if (fresh === null) pass.unopened.push(id);
      else if (await replace(db, column, id, { value, fresh })) pass.resealed += 1;
      else pass.changed += 1;
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < BATCH) return pass;
  }
}

function resealedBy(vault: Vault, value: string): string | null {
  try {
    return vault.seal(vault.open(value));
  } catch {
    return null;
  }
}

/** Those that another key has sealed, in the order of their ids. */
async function readSealed(
  db: Tx,
  vault: Vault,
  { table, id, column }: SealedColumn,
  after: string | null,
): Promise<{ id: string; value: string }[]> {
  const further = after === null ? sql`true` : sql`${id} > ${after}`;
  return await db.execute<{ id: string; value: string }>(sql`
    select ${id}::text as id, ${column} as value from ${table}
    where not starts_with(${column}, ${`${vault.keyId}.`}) and ${further}
    order by ${id} limit ${BATCH}`);
}

async function replace(
  db: Tx,
  { table, id, column }: SealedColumn,
  rowId: string,
  { value, fresh }: { value: string; fresh: string },
): Promise<boolean> {
  const done = await db.execute(sql`
    update ${table} set ${sql.identifier(column.name)} = ${fresh}
    where ${id} = ${rowId} and ${column} = ${value} returning 1`);
  return done.length > 0;
}
