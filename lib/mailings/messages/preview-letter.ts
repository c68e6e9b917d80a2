import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { MailingAccess } from "@/lib/mailings/access";
import { lettersOf } from "@/lib/mailings/runs/letter-of";
import type { PreviewGiven } from "./message-model";
import { safeHtml } from "./safe-html";
import { recipientAt } from "./sample-queries";

/** A letter as somebody would read it. */
export type Preview = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** Safe; empty: text alone. */
  html: string;
};

type Needed = Pick<MailingAccess, "db" | "officeUrl" | "secret">;

/** What would come of a letter as it stands in a form. Throws `forbidden`, `invalid` for a recipient nobody knows. */
export async function previewLetter(
  { db, officeUrl, secret }: Needed,
  caller: Caller,
  { as, subject, bodyText, bodyHtml }: PreviewGiven,
): Promise<Preview> {
  requirePermission(caller, "view_message");
  const reader = await readerOf(db, caller, as);
  const written = { subject, bodyText, bodyHtml: safeHtml(bodyHtml) };
  const write = lettersOf(written, { officeUrl, secret, files: [] });
  // Of nobody: a press on the link to unsubscribe while looking takes letters from no one.
  const { to, ...letter } = write({ id: "preview", ...reader, recipientId: null });
  return { to, subject: letter.subject, text: letter.text, html: letter.html };
}

/** Whose words fill a letter: a recipient's by their address, or one's own. Throws `invalid`. */
export async function readerOf(tx: Tx, caller: Caller, as: string) {
  if (as === "") return { email: caller.email, fullName: caller.name };
  const recipient = await recipientAt(tx, caller, as);
  if (recipient) return recipient;
  throw new AppError("invalid", "message_recipient_unknown", {
    details: [{ path: "as", message: "message_recipient_unknown" }],
  });
}
