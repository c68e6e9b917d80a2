import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { BackLink } from "@/components/ui/back-link";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { mailingParts } from "@/lib/mailings/mailing-queries";
import { ownAmong } from "@/lib/mailings/recipients/recipient-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { MailingForm } from "../mailing-form";
import { NoMailingRight } from "../no-right";

const MOST_CHOSEN = 1_000;
const chosenSchema = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.uuid()).max(MOST_CHOSEN))
  .catch([]);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailings"))("new") };
}

export default async function NewMailingPage({ searchParams }: PageProps<"/mailings/new">) {
  const [caller, t, asked] = await Promise.all([
    pageCaller(),
    getTranslations("mailings"),
    searchParams,
  ]);
  if (!can(caller, "edit_mailing")) return <NoMailingRight toEdit />;
  const { db } = mailingAccess();
  const [parts, { timeZone }, chosen] = await Promise.all([
    mailingParts(db, caller),
    getWorkspace(db),
    ownAmong(db, caller.id, chosenSchema.parse(asked.to ?? "")),
  ]);
  const first = parts.letters[0];
  return (
    <Page messages={["errors", "mailings.form"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings">{t("title")}</BackLink>
        <PageHeader title={t("new")} />
      </div>
      {!first || parts.all === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            title={t(first ? "noRecipients.title" : "noLetters.title")}
            action={
              <ButtonLink
                href={first ? "/mailings/recipients" : "/mailings/messages/new"}
                look="primary"
              >
                {t(first ? "noRecipients.act" : "noLetters.act")}
              </ButtonLink>
            }
          >
            {t(first ? "noRecipients.text" : "noLetters.text")}
          </EmptyState>
        </div>
      ) : (
        <MailingForm
          mailingId={null}
          values={{
            ...{ messageId: first.id, toAll: chosen.length === 0, tags: [] },
            recipientIds: chosen.map(({ id }) => id),
            ...{ first: "", last: "", repeats: "none" },
          }}
          chosen={chosen}
          zone={timeZone}
          {...parts}
        />
      )}
    </Page>
  );
}
