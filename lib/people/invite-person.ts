import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { AppError } from "@/lib/core/errors";
import { DAY, later } from "@/lib/core/time";
import type { PeopleAccess } from "./access";
import { builtInGroup } from "./group-queries";
import { hasAccount, insertInvite, renewLink, setInviteGroups, withdraw } from "./invite-queries";
import { inviteLetter } from "./letters";
import type { MadeLink, NewInvite } from "./model";
import { requirePeopleRight } from "./permissions";

const VALID_FOR = 2 * DAY;

function newLink(caller: Caller, now: Date) {
  const token = newToken();
  const expiresAt = later(now, VALID_FOR);
  const row = { tokenHash: hashOf(token), invitedBy: caller.id, sentAt: now, expiresAt };
  return { token, row };
}

/**
 * Invites somebody by a link that works once and for two days. It is mailed when there is a mail
 * server, and answered in any case. Throws `forbidden`, `invalid` for an e-mail with an account.
 */
export async function invitePerson(
  access: PeopleAccess,
  caller: Caller,
  input: NewInvite,
): Promise<MadeLink> {
  requirePeopleRight(caller, "manage");
  const now = access.clock();
  const { token, row } = newLink(caller, now);
  await access.db.transaction(async (tx) => {
    if (await hasAccount(tx, input.email))
      throw new AppError("invalid", "invalid", {
        details: [{ path: "email", message: "email_has_account" }],
      });
    const { groupIds = [await builtInGroup(tx, "sellers")], ...invited } = input;
    const inviteId = await insertInvite(tx, { ...invited, ...row });
    if (!inviteId) throw new AppError("conflict");
    const groups = input.role === "member" ? groupIds : [];
    await setInviteGroups(tx, inviteId, groups);
    const details = { email: input.email, role: input.role, groups };
    const made = { action: "invite.made", subjectId: inviteId, details } as const;
    await audit(tx, { at: now, userId: caller.id, ...made });
  });
  return deliver(access, caller, input, token);
}

/** A new link for an invite that is pending, expired or not; the former link is void. */
export async function sendInviteAnew(
  access: PeopleAccess,
  caller: Caller,
  inviteId: string,
): Promise<MadeLink> {
  requirePeopleRight(caller, "manage");
  const now = access.clock();
  const { token, row } = newLink(caller, now);
  const invite = await access.db.transaction(async (tx) => {
    const renewed = await renewLink(tx, inviteId, row);
    if (!renewed) throw new AppError("not_found", "invite_not_found");
    const details = { email: renewed.email, role: renewed.role };
    const sent = { action: "invite.sent_anew", subjectId: inviteId, details } as const;
    await audit(tx, { at: now, userId: caller.id, ...sent });
    return renewed;
  });
  return deliver(access, caller, invite, token);
}

export async function withdrawInvite(
  { db, clock }: PeopleAccess,
  caller: Caller,
  inviteId: string,
): Promise<void> {
  requirePeopleRight(caller, "manage");
  await db.transaction(async (tx) => {
    const invite = await withdraw(tx, inviteId, clock());
    if (!invite) throw new AppError("not_found", "invite_not_found");
    const details = { email: invite.email, role: invite.role };
    const withdrawn = { action: "invite.withdrawn", subjectId: inviteId, details } as const;
    await audit(tx, { at: clock(), userId: caller.id, ...withdrawn });
  });
}

async function deliver(
  { mailer, origin }: PeopleAccess,
  caller: Caller,
  { email, locale }: Pick<NewInvite, "email" | "locale">,
  token: string,
): Promise<MadeLink> {
  const link = `${origin}/invite?token=${token}`;
  const letter = inviteLetter({ to: email, locale, from: caller.name, link });
  return { link, mailed: mailer ? await mailer.send(letter) : null };
}
