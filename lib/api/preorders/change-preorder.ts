import type { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { findPreorder } from "@/lib/preorders/queries";
import { statusOf } from "./preorder-answer";
import { pointsIn, type preorderChanges } from "./preorder-fields";

/** Changes what is named, all of it or nothing, and ends it where the status says so. */
export async function applyChanges(
  db: Db,
  caller: Caller,
  { id, changes }: { id: string; changes: z.output<typeof preorderChanges> },
  now: Date,
): Promise<void> {
  const { merchantId, status: state } = await findPreorder(db, caller, id);
  const { name, brand, price, delivery_days: leadDays, status, confirm } = changes;
  const points = pointsIn(changes, merchantId);
  const fields = { name, brand, price, leadDays, points };
  const isChange = Object.values(fields).some((value) => value !== undefined);
  await db.transaction(async (tx) => {
    if (isChange) await changePreorder(tx, caller, { id, confirm, ...fields }, now);
    if (status !== undefined && status !== "processing")
      await endPreorder(tx, caller, { id, how: status }, now);
    // Nothing but a status that it has already: one that is over says so.
    else if (!isChange && status !== undefined && status !== statusOf(state))
      await changePreorder(tx, caller, { id, confirm }, now);
  });
}
