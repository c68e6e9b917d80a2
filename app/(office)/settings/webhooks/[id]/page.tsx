import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { webhookAccess } from "@/lib/webhooks/access";
import { countDeliveries, listDeliveries, webhookById } from "@/lib/webhooks/queries";
import { DeliveriesTable } from "./deliveries-table";

const PAGE_SIZE = 50;
const searchSchema = z.object({ page: z.coerce.number().int().min(1).max(100_000).catch(1) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhooks.log"))("title") };
}

/** What was sent to a webhook, and what came of it. */
export default async function DeliveriesPage({
  params,
  searchParams,
}: PageProps<"/settings/webhooks/[id]">) {
  const [caller, t, tWebhooks, { id }, search] = await Promise.all([
    pageCaller(),
    getTranslations("webhooks.log"),
    getTranslations("webhooks"),
    params,
    searchParams,
  ]);
  const { db } = webhookAccess();
  const webhook = z.uuid().safeParse(id).success ? await webhookById(db, caller, id) : null;
  if (!webhook) notFound();
  const { page } = searchSchema.parse(search);
  const [total, rows] = await Promise.all([
    countDeliveries(db, id),
    listDeliveries(db, id, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
  ]);
  return (
    <Page messages={["errors", "webhooks"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/settings/webhooks">{tWebhooks("title")}</BackLink>
        <PageHeader title={t("title")} lead={<span className="break-all">{webhook.url}</span>} />
      </div>
      <UrlStateProvider>
        <DeliveriesTable
          rows={rows}
          maySend={webhook.state === "on"}
          footer={<Pagination page={page} pageSize={PAGE_SIZE} total={total} />}
        />
      </UrlStateProvider>
    </Page>
  );
}
