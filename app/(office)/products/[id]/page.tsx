import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { LiveRefresh } from "@/components/live-refresh";
import { Page } from "@/components/ui/page";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { productHistory } from "@/lib/repricing/history-queries";
import { previewRule } from "@/lib/repricing/preview-rule";
import { decisionWords } from "../decision-words";
import { HandPrice } from "./hand-price";
import { historyLine } from "./history-line";
import { HistoryPanel } from "./history-panel";
import { LimitsPanel } from "./limits-panel";
import { loadProduct } from "./load-product";
import { LockNotice } from "./lock-notice";
import { MarketPanel } from "./market-panel";
import { Panel } from "./panel";
import { PricePanel } from "./price-panel";
import { ProductHeader } from "./product-header";
import { RulePanel } from "./rule-panel";

const LOOK_AGAIN_MS = 5_000;

type Props = PageProps<"/products/[id]">;

const address = z.object({ before: z.coerce.date().nullable().default(null).catch(null) });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadProduct((await params).id)).name };
}

export default async function ProductPage({ params, searchParams }: Props) {
  const product = await loadProduct((await params).id);
  const { before } = address.parse(await searchParams);
  const caller = await pageCaller();
  const { db, clock, hosts } = kaspiAccess();
  const [preview, history, t, locale] = await Promise.all([
    previewRule(db, caller, product.id, clock()),
    productHistory(db, caller, product.id, before),
    getTranslations("products.product"),
    getLocale(),
  ]);
  const words = translator(locale);
  const { lastDecision } = product;
  return (
    <Page>
      <ProductHeader
        product={product}
        cardUrl={product.shopPath && new URL(product.shopPath, hosts.storefront).href}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4">
          <PricePanel
            product={product}
            words={lastDecision && decisionWords(words, locale, lastDecision)}
          />
          <MarketPanel product={product} preview={preview} />
        </div>
        <div className="grid min-w-0 gap-4">
          {product.manualLock && (
            <LockNotice productId={product.id} isWritable={product.isWritable} />
          )}
          <LimitsPanel product={product} ceiling={preview.ceiling} />
          {product.isWritable && (
            <Panel title={t("hand.title")}>
              {product.onSale ? (
                <HandPrice productId={product.id} />
              ) : (
                <p className="text-ink-soft">{t("hand.offSale")}</p>
              )}
            </Panel>
          )}
          <RulePanel product={product} preview={preview} />
        </div>
      </div>
      <HistoryPanel
        productId={product.id}
        lines={history.entries.map((entry) => historyLine(words, locale, entry))}
        hasMore={history.hasMore}
        isOlder={before !== null}
      />
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
