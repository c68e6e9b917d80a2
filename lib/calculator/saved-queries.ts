import { and, count, desc, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { calculations } from "@/lib/db/schema/calculations";
import { users } from "@/lib/db/schema/workspace";
import type { Texts } from "./field-model";
import { textsIn } from "./model";

export type Saved = { id: string; name: string; texts: Texts; savedAt: Date };

/** The person's calculations, the newest first. */
export async function savedBy(tx: Tx, userId: string): Promise<Saved[]> {
  const { id, name, texts, savedAt } = calculations;
  const rows = await tx
    .select({ id, name, texts, savedAt })
    .from(calculations)
    .where(eq(calculations.userId, userId))
    .orderBy(desc(savedAt), desc(id));
  return rows.map((row) => ({ ...row, texts: textsIn(row.texts) }));
}

/** How many the person has; nobody else counts them until the transaction ends. */
export async function lockSaved(tx: Tx, userId: string): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
  const [row] = await tx
    .select({ saved: count() })
    .from(calculations)
    .where(eq(calculations.userId, userId));
  return row?.saved ?? 0;
}

export async function addSaved(
  tx: Tx,
  saved: Omit<Saved, "id"> & { userId: string },
): Promise<string> {
  const [row] = await tx.insert(calculations).values(saved).returning({ id: calculations.id });
  if (!row) throw new Error("insert into calculations returned nothing");
  return row.id;
}

/** Answers what it was called; null when the person has none such. */
export async function deleteSaved(tx: Tx, userId: string, id: string): Promise<string | null> {
  const [row] = await tx
    .delete(calculations)
    .where(and(eq(calculations.id, id), eq(calculations.userId, userId)))
    .returning({ name: calculations.name });
  return row?.name ?? null;
}
