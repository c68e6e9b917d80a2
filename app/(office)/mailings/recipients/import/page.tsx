import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { NoMailingRight } from "../../no-right";
import { ImportForm } from "./import-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recipients.import"))("title") };
}

/** Many recipients at once, from a table. */
export default async function RecipientImportPage() {
  const [caller, t] = await Promise.all([pageCaller(), getTranslations("recipients")]);
  if (!can(caller, "edit_mailing")) return <NoMailingRight toEdit />;
  return (
    <Page messages={["recipients.import", "errors"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings/recipients">{t("title")}</BackLink>
        <PageHeader title={t("import.title")} lead={t("import.lead")} />
      </div>
      <Panel title={t("import.file")}>
        <p className="text-ink-soft text-sm">{t("import.hint")}</p>
        <ImportForm />
      </Panel>
    </Page>
  );
}
