import type { Letter } from "@/lib/mail/post";
import { filesOf } from "@/lib/mailings/messages/message-queries";
import { fillHtml, fillText, firstNameOf } from "@/lib/mailings/messages/placeholder-rules";
import { textOfHtml } from "@/lib/mailings/messages/safe-html";
import { unsubscribeToken } from "@/lib/mailings/unsubscribe/unsubscribe-token";
import type { MailingAccess } from "../access";
import type { Attempt } from "./attempt-queries";
import { mailingById, type Run } from "./run-queries";

export type LetterOf = (
  attempt: Pick<Attempt, "id" | "email" | "fullName" | "recipientId">,
) => Letter;

type Written = Pick<Run, "subject" | "bodyText" | "bodyHtml">;
type Sent = { officeUrl: string; secret: string; files: Letter["files"] };

/** What makes each recipient's letter of a run. Its files are read once. */
export async function letterOf(
  { db, officeUrl, secret }: Pick<MailingAccess, "db" | "officeUrl" | "secret">,
  run: Run,
): Promise<LetterOf> {
  const mailing = await mailingById(db, run.mailingId);
  const files = mailing ? await filesOf(db, mailing.messageId) : [];
  return lettersOf(run, { officeUrl, secret, files });
}

/** The same of a letter that is only looked at. */
export function lettersOf(
  { subject, bodyText, bodyHtml }: Written,
  { officeUrl, secret, files }: Sent,
): LetterOf {
  const text = bodyText || textOfHtml(bodyHtml);
  const host = new URL(officeUrl).hostname;
  return ({ id, email, fullName, recipientId }) => {
    const askedAt = recipientId
      ? `${officeUrl}/unsubscribe/${unsubscribeToken(recipientId, secret)}`
      : null;
    const filling = {
      ...{ name: fullName, first_name: firstNameOf(fullName), email },
      unsubscribe: askedAt ?? officeUrl,
    };
    return {
      messageId: `<${id}@${host}>`,
      to: { name: fullName, address: email },
      subject: onOneLine(fillText(subject, filling)),
      text: fillText(text, filling),
      html: bodyHtml && fillHtml(bodyHtml, filling),
      ...{ unsubscribeUrl: askedAt && `${askedAt}/now`, files },
    };
  };
}

/** A name with a break in it begins no header. */
const onOneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
