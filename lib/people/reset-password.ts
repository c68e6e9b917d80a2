import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { changePassword } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import { HOUR, later } from "@/lib/core/time";
import type { PeopleAccess } from "./access";
import { personFor } from "./change-person";
import { resetLetter } from "./letters";
import type { MadeLink } from "./model";
import { insertReset, isResetUsable, markAsked, spendReset } from "./reset-queries";

const VALID_FOR = HOUR;

/** A link that sets a new password: its token, and the row that is kept of it. */
export function newResetLink({ origin }: PeopleAccess, userId: string, now: Date) {
  const token = newToken();
  const expiresAt = later(now, VALID_FOR);
  return {
    link: `${origin}/reset?token=${token}`,
    row: { userId, tokenHash: hashOf(token), createdAt: now, expiresAt },
  };
}

/**
 * Makes a link for somebody who cannot get in. It is mailed to them; without a mail server, or when
 * the letter was not taken, it is answered to be handed over. Throws as `personFor` does.
 */
export async function makeResetLink(
  access: PeopleAccess,
  caller: Caller,
  personId: string,
): Promise<MadeLink> {
  const now = access.clock();
  const { link, row } = newResetLink(access, personId, now);
  const person = await access.db.transaction(async (tx) => {
    const person = await personFor(tx, caller, { personId, act: "reset" });
    await insertReset(tx, { ...row, createdBy: caller.id });
    await markAsked(tx, personId, null);
    const made = { action: "person.reset_link_made", subjectId: personId } as const;
    await audit(tx, { at: now, userId: caller.id, ...made });
    return person;
  });
  const letter = resetLetter({ to: person.email, locale: person.locale, link });
  const mailed = access.mailer ? await access.mailer.send(letter) : null;
  return { link: mailed ? null : link, mailed };
}

export function isResetLinkUsable({ db, clock }: PeopleAccess, token: string): Promise<boolean> {
  return isResetUsable(db, token, clock());
}

/** Uses the link up, sets the password and ends the person's sessions. Throws `gone`. */
export function resetPassword(
  { db, clock }: PeopleAccess,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const now = clock();
  return db.transaction(async (tx) => {
    const email = await spendReset(tx, token, now);
    if (!email) throw new AppError("gone", "reset_gone");
    await changePassword(tx, email, password, now, "link");
  });
}
