import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import type { Texts } from "./field-model";
import { addSaved, deleteSaved, lockSaved } from "./saved-queries";

export const MOST_SAVED = 200;

/** Keeps what stands in the fields for the person alone. Throws `conflict` for more than two hundred. */
export async function saveCalculation(
  db: Db,
  caller: Caller,
  { name, texts }: { name: string; texts: Texts },
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const saved = await lockSaved(tx, caller.id);
    if (saved >= MOST_SAVED)
      throw new AppError("conflict", "too_many_calculations", { params: { most: MOST_SAVED } });
    const id = await addSaved(tx, { userId: caller.id, name, texts, savedAt: now });
    const entry = { action: "calculation.saved", subjectId: id, details: { name } } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
    return id;
  });
}

/** Throws `not_found` for one that is not the person's. */
export async function removeCalculation(
  db: Db,
  caller: Caller,
  id: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const name = await deleteSaved(tx, caller.id, id);
    if (name === null) throw new AppError("not_found", "calculation_not_found");
    const entry = { action: "calculation.removed", subjectId: id, details: { name } } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
  });
}
