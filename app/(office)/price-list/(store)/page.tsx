import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { listStores } from "@/lib/stores/queries";
import { FeedPanel } from "../feed-panel";
import { NowPanel } from "../now-panel";
import { UploadsPanel } from "../uploads-panel";
import { VersionsPanel } from "../versions-panel";

const address = z.object({ store: z.uuid().optional().catch(undefined) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("priceList"))("title") };
}

/** A store's whole assortment as one list, and the ways it reaches Kaspi. */
export default async function PriceListPage({ searchParams }: PageProps<"/price-list">) {
  const { store: chosen } = address.parse(await searchParams);
  const [caller, t] = await Promise.all([pageCaller(), getTranslations("priceList")]);
  const all = await listStores(kaspiAccess().db, caller);
  const stores = all.filter(({ may }) => may.includes("view_product"));
  const [only] = stores;
  const store = stores.find(({ id }) => id === chosen) ?? (stores.length === 1 ? only : undefined);
  const shown = store && { caller, store, mayWrite: store.may.includes("change_price") };
  return (
    <Page messages={["errors", "priceList", "runs.doing", "runs.sync"]}>
      <PageHeader title={t("title")} lead={store ? `${store.name}. ${t("lead")}` : t("lead")} />
      {stores.length === 0 && (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            title={t("empty.title")}
            action={
              <ButtonLink href="/stores?connect=1" look="primary">
                {t("empty.connect")}
              </ButtonLink>
            }
          >
            {t("empty.text")}
          </EmptyState>
        </div>
      )}
      {stores.length > 0 && !shown && (
        <nav aria-label={t("choose")} className="flex flex-col items-start gap-3">
          <p className="text-ink-soft">{t("choose")}</p>
          <ul className="flex flex-wrap gap-2">
            {stores.map(({ id, name }) => (
              <li key={id}>
                <ButtonLink href={`/price-list?store=${id}`}>{name}</ButtonLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {shown && (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <NowPanel {...shown} />
            <UploadsPanel {...shown} />
            <VersionsPanel {...shown} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <FeedPanel {...shown} />
          </div>
        </div>
      )}
    </Page>
  );
}
