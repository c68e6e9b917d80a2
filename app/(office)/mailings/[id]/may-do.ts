import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import type { MailingView } from "@/lib/mailings/mailing-queries";

type Ends = { failed: number; unknown: number };

/** What the caller may do with a mailing where it is now, and with the run that is looked at; `waits` for a second person. */
export function mayDo(
  caller: Caller,
  {
    mailing,
    run,
    wantsApproval,
  }: { mailing: MailingView; run: Ends | null; wantsApproval: boolean },
) {
  const isOwn = mailing.ownerId === caller.id;
  const isToBegin = mailing.status === "created";
  const isReady = isToBegin || mailing.status === "completed";
  const isRepeatable = isReady && run !== null && run.failed + run.unknown > 0;
  const waits = wantsApproval && mailing.approvedAt === null && (isToBegin || isRepeatable);
  const edit = isOwn && can(caller, "edit_mailing");
  const send = isOwn && can(caller, "send_mailing") && !waits;
  return {
    ...{ waits, edit, send },
    // Nobody else can send it, and its time changes nothing about that.
    lacksRight: isOwn && isToBegin && !wantsApproval && !can(caller, "send_mailing"),
    sendAgain: send && isRepeatable && mailing.isActive,
    // Whoever may only look may switch it off at most; on again only its owner does.
    turn: edit || (mailing.isActive && can(caller, "can_disable_mailing")),
    release: waits && !isOwn && can(caller, "send_mailing"),
  };
}
