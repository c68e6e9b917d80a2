import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LiveProgressLine } from "@/components/run-progress-line";
import { BackLink } from "@/components/ui/back-link";
import { buttonLook } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { officeDay, tariffsFor } from "@/lib/costs/queries";
import { categoriesPresent } from "@/lib/costs/tariff-queries";
import { kaspiAccess } from "@/lib/exits/access";
import { toProgress } from "@/lib/runs/model";
import { followedRuns } from "@/lib/runs/queries";
import { listStores } from "@/lib/stores/queries";
import { CommissionPanel } from "./commission-panel";
import { DeliveryPanel } from "./delivery-panel";
import { RatePanel } from "./rate-panel";
import { UsualPanel } from "./usual-panel";

const address = z.object({ store: z.uuid().nullable().default(null).catch(null) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("costs.page"))("title") };
}

/** What the price of a product has to pay for besides the product: of everybody, or of one store. */
export default async function TariffsPage({ searchParams }: PageProps<"/settings/tariffs">) {
  const { store: storeId } = address.parse(await searchParams);
  const [caller, t, tNav] = await Promise.all([
    pageCaller(),
    getTranslations("costs.page"),
    getTranslations("common.nav"),
  ]);
  const { db, clock } = kaspiAccess();
  const [stores, all, today, categories, runs] = await Promise.all([
    listStores(db, caller),
    tariffsFor(db, storeId === null ? [] : [storeId]),
    officeDay(db, clock()),
    categoriesPresent(db, caller, storeId),
    followedRuns(db, caller, "under way"),
  ]);
  const store = stores.find(({ id }) => id === storeId);
  if (storeId !== null && !store) notFound();
  const mayWrite = store ? store.may.includes("change_price") : can(caller, "change_settings");
  const own = all.filter((tariff) => tariff.storeId === storeId);
  const shared = { storeId, today, mayWrite };
  const counting = runs.find(({ kind }) => kind === "costs");
  return (
    <Page messages={["costs.input", "costs.page", "runs.doing", "runs.sync", "settings.saving"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/settings">{tNav("settings")}</BackLink>
        <PageHeader
          title={t("title")}
          lead={store ? t("leadStore", { store: store.name }) : t("lead")}
          action={
            <Link href="/products/costs" className={buttonLook({})}>
              {t("toImport")}
            </Link>
          }
        />
      </div>
      {counting && <LiveProgressLine run={toProgress(counting)} />}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <CommissionPanel {...shared} tariffs={own} categories={categories} />
          <UsualPanel {...shared} tariffs={own} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RatePanel {...shared} kind="kaspi_pay" tariffs={own} />
          <RatePanel {...shared} kind="tax" tariffs={own} />
          <DeliveryPanel {...shared} tariffs={own} />
        </div>
      </div>
    </Page>
  );
}
