import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { ownedStore } from "./queries";
import type { NewShare } from "./share-model";
import { colleague, dropShare, lockShare, saveShare } from "./share-queries";

/**
 * Shares a store of one's own with a colleague, or gives them other rights in it; in effect with their next
 * request. Nobody gives what they have not. Throws `not_found`, `forbidden`, `invalid` for an e-mail nobody
 * here has, `conflict` for somebody who may do all of it anyway.
 */
export async function shareStore(
  db: Db,
  caller: Caller,
  { storeId, email, permissions }: NewShare,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await ownedStore(tx, caller, storeId);
    if (!permissions.every((permission) => can(caller, permission)))
      throw new AppError("forbidden", "share_more_rights");
    const person = await colleague(tx, email);
    if (!person)
      throw new AppError("invalid", "invalid", {
        details: [{ path: "email", message: "colleague_unknown" }],
      });
    if (person.role === "owner" || person.id === store.userId)
      throw new AppError("conflict", "share_needless");
    const before = await lockShare(tx, storeId, person.id);
    if (before?.join() === permissions.join()) return;
    await saveShare(tx, { storeId, userId: person.id, permissions });
    const action = before ? "store.share_changed" : "store.shared";
    const details = { with: email, before: before ?? [], after: permissions };
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      subjectId: person.id,
      action,
      details,
    });
  });
}

/** Takes a share back, in effect at once. Throws `not_found`, `forbidden`. */
export async function unshareStore(
  db: Db,
  caller: Caller,
  { storeId, personId }: { storeId: string; personId: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await ownedStore(tx, caller, storeId);
    const before = await lockShare(tx, storeId, personId);
    if (!before) return;
    await dropShare(tx, storeId, personId);
    const unshared = { action: "store.unshared", subjectId: personId } as const;
    await audit(tx, { at: now, userId: caller.id, storeId, ...unshared, details: { before } });
  });
}
