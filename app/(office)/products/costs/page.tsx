import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Panel } from "@/components/panel";
import { StoreChoice } from "@/components/store-choice";
import { BackLink } from "@/components/ui/back-link";
import { buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { listStores } from "@/lib/stores/queries";
import { ImportForm } from "./import-form";

const address = z.object({
  store: z.uuid().nullable().default(null).catch(null),
  export: z.literal("wait").optional().catch(undefined),
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("costs.import"))("title") };
}

/** Costs of many products at once, from a table. */
export default async function CostImportPage({ searchParams }: PageProps<"/products/costs">) {
  const { store: chosen, export: exported } = address.parse(await searchParams);
  const [caller, t, tNav, tLedger] = await Promise.all([
    pageCaller(),
    getTranslations("costs.import"),
    getTranslations("common.nav"),
    getTranslations("ledger.export"),
  ]);
  const all = await listStores(kaspiAccess().db, caller);
  const stores = all.filter(({ may }) => may.includes("change_price"));
  const guestIn = stores.filter(({ isMine }) => !isMine);
  // "All of mine" would be none: a guest means the store they are a guest in.
  const store = chosen ?? (guestIn.length === stores.length ? (stores[0]?.id ?? null) : null);
  return (
    <Page messages={["costs.import", "errors"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/products">{tNav("products")}</BackLink>
        <PageHeader
          title={t("title")}
          lead={t("lead")}
          action={
            <Link href="/settings/tariffs" className={buttonLook({})}>
              {t("toTariffs")}
            </Link>
          }
        />
      </div>
      {exported && <Notice tone="amber">{tLedger("wait")}</Notice>}
      <Panel
        title={t("file")}
        aside={
          <a
            href={`/products/costs/file${store ? `?store=${store}` : ""}`}
            className={buttonLook({ size: "sm" })}
          >
            {t("template")}
          </a>
        }
      >
        {stores.length > 1 && <StoreChoice page="/products/costs" stores={stores} chosen={store} />}
        <p className="text-ink-soft text-sm">{t("templateHint")}</p>
        <ImportForm key={store} storeId={store} />
      </Panel>
    </Page>
  );
}
