import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { keptLetter } from "@/lib/mailings/mailbox/mailbox-queries";
import { LetterViews } from "../../messages/letter-views";

const idSchema = z.uuid();

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letters.mailbox"))("title") };
}

/** A letter as its recipient would have got it. */
export default async function MailboxLetterPage({ params }: PageProps<"/mailings/mailbox/[id]">) {
  const [caller, t, { id }] = await Promise.all([
    pageCaller(),
    getTranslations("letters.mailbox"),
    params,
  ]);
  const { db, hasMailbox } = mailingAccess();
  const asked = idSchema.safeParse(id);
  if (!asked.success || !hasMailbox || !can(caller, "view_mailing")) notFound();
  const letter = await keptLetter(db, caller, asked.data);
  if (!letter) notFound();
  const { subject, bodyText: text, bodyHtml: html, to, at, headers } = letter;
  const from = /^From: (.*)$/m.exec(headers)?.[1];
  // A frame opens no links; this one is to be tried all the same.
  const leave = /^List-Unsubscribe: <(.*)\/now>$/m.exec(headers)?.[1];
  return (
    <Page messages={["letters.preview"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings/mailbox">{t("title")}</BackLink>
        <PageHeader title={subject} lead={<TimeAgo at={at} />} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {from && (
          <>
            <dt className="text-ink-soft">{t("from")}</dt>
            <dd className="break-all">{from}</dd>
          </>
        )}
        <dt className="text-ink-soft">{t("to")}</dt>
        <dd className="break-all">{to}</dd>
        {leave && (
          <>
            <dt className="text-ink-soft">{t("leave")}</dt>
            <dd className="break-all">
              <a href={leave} className="text-blue hover:underline">
                {leave}
              </a>
            </dd>
          </>
        )}
      </dl>
      <Panel title={t("letter")}>
        <LetterViews letter={{ subject, text, html }} />
      </Panel>
      <Panel title={t("headers")}>
        <pre className="overflow-x-auto whitespace-pre-wrap break-all text-sm">{headers}</pre>
      </Panel>
    </Page>
  );
}
