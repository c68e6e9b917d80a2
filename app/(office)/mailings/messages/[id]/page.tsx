import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TimeAgo } from "@/components/time-ago";
import { BackLink } from "@/components/ui/back-link";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { messageView } from "@/lib/mailings/messages/list-queries";
import { messageIdSchema } from "@/lib/mailings/messages/message-model";
import { previewLetter } from "@/lib/mailings/messages/preview-letter";
import { sampleAddresses } from "@/lib/mailings/messages/sample-queries";
import { isBeingSent } from "@/lib/mailings/runs/run-queries";
import { LetterDesk } from "../letter-desk";
import { LetterFiles } from "./letter-files";
import { MessageActs } from "./message-acts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letters"))("one") };
}

/** A letter: its words, its files, how it will be read. */
export default async function MessagePage({ params }: PageProps<"/mailings/messages/[id]">) {
  const [caller, t, { id }] = await Promise.all([pageCaller(), getTranslations("letters"), params]);
  const asked = messageIdSchema.safeParse({ messageId: id });
  if (!asked.success || !can(caller, "view_message")) notFound();
  const access = mailingAccess();
  const { db, openPost } = access;
  const message = await messageView(db, caller, asked.data.messageId);
  if (!message) notFound();
  const { subject, bodyText, bodyHtml, files, updatedAt } = message;
  const values = { subject, bodyText, bodyHtml };
  const isOwn = message.ownerId === caller.id;
  const mayChoose = can(caller, "view_recipient");
  const [first, offered, isOnItsWay] = await Promise.all([
    previewLetter(access, caller, { ...values, as: "" }),
    mayChoose ? sampleAddresses(db, caller) : [],
    isBeingSent(db, message.id),
  ]);
  const mayEdit = isOwn && can(caller, "edit_mailing");
  return (
    <Page messages={["errors", "letters"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings/messages">{t("title")}</BackLink>
        <PageHeader
          title={subject}
          lead={
            <span className="flex flex-wrap gap-x-3">
              {!isOwn && <span>{message.ownerName}</span>}
              <span>{t.rich("line.changed", { when: () => <TimeAgo at={updatedAt} /> })}</span>
            </span>
          }
        />
        {can(caller, "edit_mailing") && <MessageActs messageId={message.id} mayRemove={mayEdit} />}
      </div>
      {!isOwn && <Notice>{t("foreign")}</Notice>}
      {isOnItsWay && <Notice tone="amber">{t("beingSent")}</Notice>}
      {mayEdit && openPost === null && <Notice tone="amber">{t("noServer")}</Notice>}
      <LetterDesk
        messageId={message.id}
        values={values}
        first={first}
        may={{ edit: mayEdit, choose: mayChoose }}
        isBeingSent={isOnItsWay}
        offered={offered}
      >
        <LetterFiles messageId={message.id} files={files} mayChange={mayEdit && !isOnItsWay} />
      </LetterDesk>
    </Page>
  );
}
