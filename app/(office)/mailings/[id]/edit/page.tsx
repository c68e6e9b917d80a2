import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { localText } from "@/lib/core/local-time";
import { mailingAccess } from "@/lib/mailings/access";
import { mailingNumber } from "@/lib/mailings/form-model";
import { chosenFor, mailingParts, mailingView } from "@/lib/mailings/mailing-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { MailingForm } from "../../mailing-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailings.form"))("title") };
}

export default async function EditMailingPage({ params }: PageProps<"/mailings/[id]/edit">) {
  const [caller, t, { id }] = await Promise.all([
    pageCaller(),
    getTranslations("mailings.form"),
    params,
  ]);
  const mailingId = mailingNumber.safeParse(id);
  if (!mailingId.success || !can(caller, "edit_mailing")) notFound();
  const { db } = mailingAccess();
  const mailing = await mailingView(db, caller, mailingId.data);
  if (!mailing || mailing.ownerId !== caller.id || mailing.status !== "created") notFound();
  const [parts, { timeZone }, chosen] = await Promise.all([
    mailingParts(db, caller, mailing.messageId),
    getWorkspace(db),
    chosenFor(db, mailing.id),
  ]);
  const shown = (at: Date | null) => (at === null ? "" : localText(at, timeZone));
  return (
    <Page messages={["errors", "mailings.form"]}>
      <div className="flex flex-col gap-2">
        <BackLink href={`/mailings/${mailing.id}`}>{mailing.subject}</BackLink>
        <PageHeader title={t("title")} />
      </div>
      <MailingForm
        mailingId={mailing.id}
        values={{
          ...{ messageId: mailing.messageId, toAll: mailing.toAll, tags: mailing.tags },
          recipientIds: chosen.map((one) => one.id),
          ...{ first: shown(mailing.firstAt), last: shown(mailing.lastAt) },
          repeats: mailing.repeats,
        }}
        chosen={chosen}
        zone={timeZone}
        {...parts}
      />
    </Page>
  );
}
