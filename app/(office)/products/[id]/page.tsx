import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { LiveRefresh } from "@/components/live-refresh";
import { Panel } from "@/components/panel";
import { decisionLine } from "@/components/repricing/decision-line";
import { decisionWords } from "@/components/repricing/decision-words";
import { Page } from "@/components/ui/page";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { openPreorderOf } from "@/lib/preorders/queries";
import { warOn } from "@/lib/price-wars/queries";
import { citiesOf } from "@/lib/products/city-queries";
import { stockByPoint } from "@/lib/products/stock-queries";
import { chartRanges } from "@/lib/repricing/chart/chart-model";
import { leadFacts } from "@/lib/repricing/check/lead-queries";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { productHistory } from "@/lib/repricing/ledger/history-queries";
import { atItsTime, sendTimes } from "@/lib/repricing/send/send-times";
import { ChartPanel } from "./chart/chart-panel";
import { CitiesPanel } from "./cities-panel";
import { CitySwitch } from "./city-switch";
import { CostPanel } from "./costs/cost-panel";
import { FirstPlacePanel } from "./first-place-panel";
import { HandPrice } from "./hand-price";
import { HistoryPanel } from "./history-panel";
import { LimitsPanel } from "./limits-panel";
import { loadProduct } from "./load-product";
import { LockNotice } from "./lock-notice";
import { MarketPanel } from "./market-panel";
import { PreorderPanel } from "./preorder-panel";
import { PricePanel } from "./price-panel";
import { ProductHeader } from "./product-header";
import { ProductNote } from "./product-note";
import { RulePanel } from "./rule-panel";
import { StockPanel } from "./stock-panel";
import { WarPanel } from "./war-panel";

const LOOK_AGAIN_MS = 5_000;

/** On a phone the two columns are one, and the panels stand in the order of their importance. */
const column = "flex min-w-0 flex-col gap-4 max-lg:contents";

type Props = PageProps<"/products/[id]">;

/** No decision is older than Duken, and Postgres knows no year -271821. */
const moment = z.coerce.date().min(new Date("2025-01-01")).max(new Date("3000-01-01"));
const before = z
  .preprocess(
    (text) => String(text).split("_"),
    z.tuple([moment, z.coerce.number().pipe(z.int().min(0))]),
  )
  .transform(([decidedAt, seq]) => ({ decidedAt, seq }));
const address = z.object({
  before: before.nullable().default(null).catch(null),
  range: z.enum(chartRanges).default("day").catch("day"),
  city: z.string().nullable().default(null).catch(null),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadProduct((await params).id)).name };
}

export default async function ProductPage({ params, searchParams }: Props) {
  const { id } = await params;
  const inLeadingCity = await loadProduct(id);
  const { before, range, city: asked } = address.parse(await searchParams);
  const caller = await pageCaller();
  const { db, clock, hosts } = kaspiAccess();
  const cities = await citiesOf(db, id);
  const priced = cities.filter((city) => city.isPriced);
  const isOneOfSeveral = priced.length > 1;
  // An address may name a city that is not priced any more: then the leading one is shown.
  const city = priced.find((one) => one.id === asked && !one.isLead)?.id ?? null;
  const product = city === null ? inLeadingCity : await loadProduct(id, city);
  const [preview, lead, war, history, preorder, points, t, locale] = await Promise.all([
    previewRule(db, caller, id, clock(), city),
    leadFacts(db, caller, product),
    warOn(db, caller, product, clock()),
    productHistory(db, caller, id, before, isOneOfSeveral ? product.cityId : null),
    openPreorderOf(db, caller, id),
    stockByPoint(db, id),
    getTranslations("products.product"),
    getLocale(),
  ]);
  const words = translator(locale);
  const times = await sendTimes(db, [product.lastDecision, ...history.entries], clock());
  const lastDecision = product.lastDecision && atItsTime(product.lastDecision, times);
  return (
    <Page
      messages={[
        "costs.form",
        "costs.fromCost",
        "costs.input",
        "cities",
        "preorders.act.make",
        "preorders.done",
        "preorders.form",
        "preorders.left",
        "products.product",
        "products.row",
        "rule",
        "tables.stock",
        "wars.answer",
        "wars.means",
        "wars.panel",
      ]}
    >
      <ProductHeader
        product={product}
        cardUrl={product.shopPath && `${hosts.storefront}/shop${product.shopPath}`}
      />
      {isOneOfSeveral && <CitySwitch cities={priced} shown={product.cityId} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className={column}>
          <PricePanel
            className="order-1"
            product={product}
            lead={lead}
            words={lastDecision && decisionWords(words, locale, lastDecision)}
          />
          <WarPanel className="order-1" war={war} isWritable={product.mayChangeRule} />
          <MarketPanel className="order-3" product={product} preview={preview} />
          <ChartPanel className="order-4" product={product} range={range} />
          <CostPanel className="order-6" product={product} counts={preview.rule.floorFromCost} />
          <HistoryPanel
            className="order-8"
            page={`/products/${product.id}`}
            kept={{ ...(range !== "day" && { range }), ...(city && { city }) }}
            lines={history.entries.map((entry) =>
              decisionLine(words, locale, atItsTime(entry, times)),
            )}
            hasMore={history.hasMore}
            isOlder={before !== null}
          />
        </div>
        <div className={column}>
          <LimitsPanel
            className="order-2"
            product={product}
            ceiling={preview.ceiling}
            rule={preview.rule}
            isOneOfSeveral={isOneOfSeveral}
          />
          {product.isWritable && (
            <Panel className="order-5" title={t("hand.title")}>
              {product.manualLock && <LockNotice productId={product.id} cityId={product.cityId} />}
              {product.onSale ? (
                <HandPrice productId={product.id} cityId={product.cityId} />
              ) : (
                <p className="text-ink-soft">{t("hand.offSale")}</p>
              )}
            </Panel>
          )}
          <PreorderPanel className="order-7" product={product} preorder={preorder} />
          <FirstPlacePanel
            className="order-5"
            product={product}
            preview={preview}
            isOneOfSeveral={isOneOfSeveral}
          />
          <RulePanel
            className="order-6"
            product={product}
            preview={preview}
            isOneOfSeveral={isOneOfSeveral}
          />
          {(cities.length > 1 || product.storeHasCities) && (
            <CitiesPanel className="order-6" product={product} cities={cities} />
          )}
          <StockPanel className="order-7" product={product} points={points} />
          <ProductNote className="order-7" product={product} />
        </div>
      </div>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
