import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { products } from "@/lib/db/schema/products";

/** Sets the notes of these products in one statement. Call it with them locked. */
export async function setNotes(
  tx: Tx,
  rows: readonly { id: string; note: string | null }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`update ${products} set note = said.note, updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as said(id uuid, note text)
    where ${products.id} = said.id`);
}
