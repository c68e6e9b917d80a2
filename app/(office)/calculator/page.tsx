import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { DownloadMenu } from "@/components/download-menu";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { savedRows } from "@/lib/calculator/export-saved";
import { readTexts, textsIn } from "@/lib/calculator/model";
import { textsOfProduct } from "@/lib/calculator/of-product";
import { workOutAll } from "@/lib/calculator/work-out";
import { categoriesPresent } from "@/lib/costs/tariff-queries";
import { kaspiAccess } from "@/lib/exits/access";
import { errorText } from "@/lib/i18n/error-text";
import { translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { CalculatorForm } from "./calculator-form";
import { hintsOf } from "./field-hints";
import { Results } from "./results";
import { savedLine } from "./saved-line";
import { SavedList } from "./saved-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calculator"))("title") };
}

export default async function CalculatorPage({ searchParams }: PageProps<"/calculator">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const product = z.uuid().safeParse(asked.product);
  const ofProduct = product.success ? await textsOfProduct(db, caller, product.data) : null;
  // From here on the address says all of it, so that it can be handed on.
  if (ofProduct) redirect(`/calculator?${new URLSearchParams(ofProduct)}`);
  const t = translator(locale);
  const now = clock();
  const texts = textsIn(asked);
  const said = readTexts(texts);
  const [[outcome], stores, saved] = await Promise.all([
    workOutAll(db, caller, [said], now),
    listStoreNames(db, caller),
    savedRows(db, caller, now),
  ]);
  if (!outcome) throw new Error("nothing was worked out");
  const storeId = stores.some(({ id }) => id === said.storeId) ? said.storeId : null;
  const categories = await categoriesPresent(db, caller, storeId);
  const errors = Object.fromEntries(
    Object.entries(said.problems).map(([name, key]) => [
      name,
      errorText(t, { kind: "invalid", key }),
    ]),
  );
  return (
    <Page messages={["calculator", "tables.download", "errors.no_connection"]}>
      <PageHeader
        title={t("calculator.title")}
        lead={t("calculator.lead")}
        action={saved.length > 0 && <DownloadMenu path="/calculator/export" query="" />}
      />
      {asked.export === "wait" && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      {asked.product !== undefined && <Notice tone="amber">{t("calculator.gone")}</Notice>}
      {said.storeId !== null && storeId === null && (
        <Notice tone="amber">{t("calculator.unseenStore")}</Notice>
      )}
      <UrlStateProvider>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <CalculatorForm
            texts={texts}
            errors={errors}
            hints={hintsOf(outcome, { t, locale })}
            categories={categories.map(({ category }) => category)}
            stores={stores}
          />
          <Results said={said} outcome={outcome} texts={texts} />
        </div>
      </UrlStateProvider>
      <SavedList lines={saved.map((row) => savedLine(row, locale))} />
    </Page>
  );
}
