import { PersonIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { z } from "zod";
import { DownloadMenu } from "@/components/download-menu";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { excludedRivals } from "@/lib/repricing/rule/exclude-rival";
import { pageOfRivals } from "@/lib/rivals/list-rules";
import { rivalsSchema } from "@/lib/rivals/model";
import { rivalsLately } from "@/lib/rivals/rivals-lately";
import { listStores } from "@/lib/stores/queries";
import { rivalLine } from "./rival-line";
import { RivalsTable } from "./rivals-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rivals"))("title") };
}

/** What the page shows, as the address of its file. */
const addressOf = ({ store, q, sort }: z.output<typeof rivalsSchema>) =>
  new URLSearchParams({ ...(store && { store }), ...(q && { q }), sort }).toString();

export default async function RivalsPage({ searchParams }: PageProps<"/rivals">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const query = rivalsSchema.parse(asked);
  const { store } = query;
  const [rivals, seen] = await Promise.all([
    rivalsLately(db, caller, store, clock()),
    listStores(db, caller, store),
  ]);
  const t = translator(locale);
  const number = (count: number) => formatNumber(count, locale);
  if (rivals.length === 0)
    return (
      <Page>
        <PageHeader title={t("rivals.title")} lead={t("rivals.lead")} />
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<PersonIcon />}
            title={t("rivals.none.title")}
            action={<ButtonLink href="/products">{t("rivals.none.act")}</ButtonLink>}
          >
            {t("rivals.none.text")}
          </EmptyState>
        </div>
      </Page>
    );
  const { rows, total, page } = pageOfRivals(rivals, query);
  // A seller is left out, as long as no store is chosen, by the person's own stores.
  const stores = store ? seen : seen.filter(({ isMine }) => isMine);
  const reader = {
    t,
    locale,
    store,
    stores: stores.length,
    mayExclude: stores.some(({ may }) => may.includes("change_rule")),
    excludedIn: excludedRivals(stores.map(({ rule }) => rule)),
  };
  const undercutting = rivals.filter(({ cheaper }) => cheaper > 0).length;
  return (
    <Page fill messages={["rivals", "tables.download"]}>
      <PageHeader
        title={t("rivals.title")}
        lead={t("rivals.leadCount", {
          all: number(rivals.length),
          shown: number(undercutting),
        })}
        action={<DownloadMenu path="/rivals/export" query={addressOf(query)} />}
      />
      {asked.export === "wait" && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      <UrlStateProvider>
        <RivalsTable lines={rows.map((row) => rivalLine(row, reader))} page={page} total={total} />
      </UrlStateProvider>
    </Page>
  );
}
