import { accountOfAttempt, noteAttempt } from "@/lib/auth/attempts";
import { audit } from "@/lib/auth/audit";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { PeopleAccess } from "./access";
import { resetLetter } from "./letters";
import { newResetLink } from "./reset-password";
import {
  activeByEmail,
  deleteReset,
  insertReset,
  markAsked,
  wasMailedSince,
} from "./reset-queries";

/** Somebody's mailbox is nobody's to fill. */
const BETWEEN_LETTERS = 5 * MINUTE;

/**
 * Notes that somebody has forgotten their password. Nothing here depends on whether the e-mail is
 * known, neither the answer nor its time: a job finds that out. Throws `rate_limited`.
 */
export async function askForReset(
  { db, clock }: PeopleAccess,
  email: string,
  address: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const asked = { kind: "reset", account: email, address } as const;
    const attemptId = await noteAttempt(tx, asked, clock());
    await emit(tx, [events.resetAsked.create({ attemptId })]);
  });
}

/** Mails the link to who asked, if they have an account; without mail the asking is put before the owners. */
export async function answerAsking(
  access: PeopleAccess,
  attemptId: string,
): Promise<"mailed" | "shown" | "nothing"> {
  const { db, clock, mailer } = access;
  const now = clock();
  const email = await accountOfAttempt(db, attemptId);
  if (email === null) return "nothing";
  const asking = await db.transaction(async (tx) => {
    const person = await activeByEmail(tx, email);
    if (!person) return null;
    const asked = { action: "person.reset_asked", subjectId: person.id } as const;
    const entry = { at: now, userId: null, ...asked };
    if (!mailer) {
      await markAsked(tx, person.id, now);
      await audit(tx, { ...entry, details: { mailed: false } });
      return { kind: "shown" } as const;
    }
    if (await wasMailedSince(tx, person.id, later(now, -BETWEEN_LETTERS))) return null;
    const { link, row } = newResetLink(access, person.id, now);
    const resetId = await insertReset(tx, row);
    await audit(tx, { ...entry, details: { mailed: true } });
    return { kind: "mail", mailer, person, link, resetId } as const;
  });
  if (asking === null) return "nothing";
  if (asking.kind === "shown") return "shown";
  const { person, link, resetId } = asking;
  const letter = resetLetter({ to: person.email, locale: person.locale, link });
  if (await asking.mailer.send(letter)) return "mailed";
  await db.transaction(async (tx) => {
    await deleteReset(tx, resetId);
    await markAsked(tx, person.id, now);
  });
  throw new AppError("unavailable", "mail_not_taken");
}
