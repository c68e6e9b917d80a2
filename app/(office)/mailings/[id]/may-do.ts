import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import type { MailingView } from "@/lib/mailings/mailing-queries";

/** What the caller may do with a mailing where it is now; `waits` for a second person. */
export function mayDo(caller: Caller, mailing: MailingView, wantsApproval: boolean) {
  const isOwn = mailing.ownerId === caller.id;
  const isReady = mailing.status === "created" || mailing.status === "completed";
  const waits = wantsApproval && isReady && mailing.approvedAt === null;
  const edit = isOwn && can(caller, "edit_mailing");
  const send = isOwn && can(caller, "send_mailing") && !waits;
  return {
    ...{ waits, edit, send },
    sendAgain: send && isReady && mailing.isActive,
    // Whoever may only look may switch it off at most; on again only its owner does.
    turn: edit || (mailing.isActive && can(caller, "can_disable_mailing")),
    release: waits && !isOwn && can(caller, "send_mailing"),
  };
}
