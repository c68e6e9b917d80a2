import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Panel } from "@/components/panel";
import { StoreChoice } from "@/components/store-choice";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { listStores } from "@/lib/stores/queries";
import { recentImports } from "@/lib/table-files/import-queries";
import { HowItWorks } from "./how-it-works";
import { RecentImports } from "./recent-imports";
import { UploadForm } from "./upload-form";

const MOST_RECENT = 10;

const address = z.object({ store: z.uuid().nullable().default(null).catch(null) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tables.import"))("title") };
}

/** Many products changed at once in a table, from the file to what it would change. */
export default async function ImportPage({ searchParams }: PageProps<"/products/import">) {
  const { store: chosen } = address.parse(await searchParams);
  const [caller, t, tNav] = await Promise.all([
    pageCaller(),
    getTranslations("tables.import"),
    getTranslations("common.nav"),
  ]);
  const { db } = kaspiAccess();
  const [all, recent] = await Promise.all([
    listStores(db, caller),
    recentImports(db, caller, MOST_RECENT),
  ]);
  const stores = all.filter(
    ({ may }) => may.includes("change_price") || may.includes("change_rule"),
  );
  const guestIn = stores.filter(({ isMine }) => !isMine);
  // "All of mine" would be none: a guest means the store they are a guest in.
  const store = chosen ?? (guestIn.length === stores.length ? (stores[0]?.id ?? null) : null);
  return (
    <Page messages={["tables.import", "errors"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/products">{tNav("products")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t("file")}>
            {stores.length > 1 && (
              <>
                <StoreChoice page="/products/import" stores={stores} chosen={store} />
                <p className="text-ink-soft text-sm">{t("storeHint")}</p>
              </>
            )}
            <UploadForm key={store} storeId={store} />
          </Panel>
          <RecentImports imports={recent} />
        </div>
        <HowItWorks />
      </div>
    </Page>
  );
}
