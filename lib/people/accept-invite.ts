import type { z } from "zod";
import { audit } from "@/lib/auth/audit";
import { insertUser } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import type { PeopleAccess } from "./access";
import { setGroups } from "./group-queries";
import { findInvite, groupsOfInvite, hasAccount, spendInvite } from "./invite-queries";
import type { acceptanceSchema } from "./model";

/** What the link leads to now; looking does not use it up. `taken`: the e-mail has an account since. */
export async function lookAtInvite({ db, clock }: PeopleAccess, token: string) {
  const invite = await findInvite(db, token, clock());
  if (!invite) return { state: "gone" } as const;
  const state = (await hasAccount(db, invite.email)) ? "taken" : "open";
  return { state, ...invite } as const;
}

/**
 * Uses the link up and creates the account in one transaction. Answers the e-mail to enter with.
 * Throws `gone`, `conflict` (`email_taken`).
 */
export function acceptInvite(
  { db, clock }: PeopleAccess,
  { token, ...person }: z.output<typeof acceptanceSchema>,
): Promise<{ email: string }> {
  const now = clock();
  return db.transaction(async (tx) => {
    const invite = await spendInvite(tx, token, now);
    if (!invite) throw new AppError("gone", "invite_gone");
    const { email, role } = invite;
    const userId = await insertUser(tx, { ...person, email, role }, now);
    if (role === "member") await setGroups(tx, userId, await groupsOfInvite(tx, invite.id));
    const details = { email, role, invitedBy: invite.invitedBy };
    await audit(tx, {
      at: now,
      userId,
      action: "invite.accepted",
      subjectId: invite.id,
      details,
    });
    return { email };
  });
}
