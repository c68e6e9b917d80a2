import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { own } from "../rights";
import type { RecipientGiven } from "./recipient-model";
import {
  insertRecipient,
  isAddressTaken,
  lockAddresses,
  lockSeen,
  type Recipient,
  updateRecipient,
} from "./recipient-write-queries";

/** A recipient of the caller's own. Throws `forbidden`, `conflict` at the address they have already. */
export async function addRecipient(
  db: Db,
  caller: Caller,
  given: RecipientGiven,
  now: Date,
): Promise<string> {
  requirePermission(caller, "edit_mailing");
  return db.transaction(async (tx) => {
    await lockAddresses(tx, caller.id);
    await requireFree(tx, caller, { email: given.email, besides: null });
    const subjectId = await insertRecipient(tx, caller.id, given, now);
    const entry = { action: "recipient.added", subjectId, details: { name: given.email } } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
    return subjectId;
  });
}

/**
 * Another address is a new box: what the former one bounced is forgotten. What its owner has said does not go with
 * the address, it stays. Throws `not_found`, `forbidden` for somebody else's, `conflict` at a taken address.
 */
export async function changeRecipient(
  db: Db,
  caller: Caller,
  { id, ...given }: RecipientGiven & { id: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockAddresses(tx, caller.id);
    const before = await ownRecipient(tx, caller, id);
    await requireFree(tx, caller, { email: given.email, besides: id });
    const isAnother = given.email.toLowerCase() !== before.email.toLowerCase();
    const renewed = isAnother ? { bouncedAt: null, bounceReason: null } : {};
    await updateRecipient(tx, id, { ...given, ...renewed, updatedAt: now });
    const name = given.email;
    const entry = { action: "recipient.changed", subjectId: id, details: { name } } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
  });
}

/** Letters go to them again: they have asked for it, or the box is there after all. Said twice it counts once. */
export async function writeAgain(db: Db, caller: Caller, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await ownRecipient(tx, caller, id);
    if (before.unsubscribedAt === null && before.bouncedAt === null) return;
    const silent = { unsubscribedAt: null, bouncedAt: null, bounceReason: null };
    await updateRecipient(tx, id, { ...silent, updatedAt: now });
    const name = before.email;
    const entry = { action: "recipient.resubscribed", subjectId: id, details: { name } } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
  });
}

const ownRecipient = async (tx: Tx, caller: Caller, id: string): Promise<Recipient> =>
  own(caller, await lockSeen(tx, caller, id), "recipient");

async function requireFree(
  tx: Tx,
  caller: Caller,
  address: { email: string; besides: string | null },
): Promise<void> {
  if (!(await isAddressTaken(tx, caller.id, address))) return;
  const details = [{ path: "email", message: "recipient_there" }];
  throw new AppError("conflict", "recipient_there", { details });
}
