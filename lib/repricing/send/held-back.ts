import { writesResumeAt } from "@/lib/accounts/pace-queries";
import { accountById, type KaspiAccount } from "@/lib/accounts/queries";
import type { KaspiAccess } from "@/lib/exits/access";
import type { Store } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { listSettlesUntil } from "./feed-queries";

/** Why nothing of a store may leave now, and until when if that is known. Texts: `reasons.fate.<stateReason>`. */
export type HeldBack = { stateReason: string; notBefore: Date | null };

/** The kill switch, a dead session, a ban or a whole list that Kaspi works on hold everything of the store back; null: nothing does. */
export async function heldBackBy(
  { db, clock }: KaspiAccess,
  store: Store & { accountId: string },
): Promise<HeldBack | null> {
  const account = await accountById(db, store.accountId);
  const settings = await getWorkspace(db);
  const resume = await writesResumeAt(db, account.id, clock());
  const settles = await listSettlesUntil(db, store.id, clock());
  return (
    heldBy(store, account, settings.sendingStoppedAt, resume) ??
    (settles && { stateReason: "list_settles", notBefore: settles })
  );
}

function heldBy(
  store: Store,
  account: KaspiAccount,
  stoppedAt: Date | null,
  resume: Date | null,
): HeldBack | null {
  if (stoppedAt || store.sendingStoppedAt)
    return { stateReason: "sending_stopped", notBefore: null };
  if (account.session === "needs_reauth") return { stateReason: "needs_reauth", notBefore: null };
  return resume && { stateReason: "writes_blocked", notBefore: resume };
}
