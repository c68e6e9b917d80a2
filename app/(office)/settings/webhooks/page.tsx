import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { webhookAccess } from "@/lib/webhooks/access";
import { listWebhooks } from "@/lib/webhooks/queries";
import { NewWebhook } from "./new-webhook";
import { toRowLine } from "./webhook-line";
import { WebhookRow } from "./webhook-row";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhooks"))("title") };
}

/** One's own webhooks; an owner's page has everybody's. */
export default async function WebhooksPage() {
  const [caller, t, tNav] = await Promise.all([
    pageCaller(),
    getTranslations("webhooks"),
    getTranslations("common.nav"),
  ]);
  const found = await listWebhooks(webhookAccess().db, caller);
  return (
    <Page messages={["auth.password", "errors", "settings.saving", "webhooks"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/settings">{tNav("settings")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} action={<NewWebhook />} />
      </div>
      {found.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
        </div>
      ) : (
        <Panel title={t("list")}>
          <ul className="flex flex-col">
            {found.map((line) => (
              <WebhookRow key={line.id} line={toRowLine(line, caller.id)} />
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}
