import type { Caller } from "@/lib/auth/model";
import { readAhead } from "@/lib/core/read-ahead";
import type { Tx } from "@/lib/db/client";
import {
  BATCH,
  forecastMarket,
  inBatches,
  type Trial,
  type Tried,
  withFields,
  withStoreRule,
} from "@/lib/repricing/forecast/forecast-market";
import type { MarketForecast } from "@/lib/repricing/forecast/forecast-model";
import { botsOfStore } from "@/lib/repricing/forecast/forecast-queries";
import { inLookTurn } from "@/lib/repricing/forecast/look-turn";
import { type Preview, previewRule } from "@/lib/repricing/forecast/preview-rule";
import { withCopied } from "@/lib/repricing/rule/copy-rule";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import { writableStore } from "@/lib/stores/queries";
import type { BulkChange, BulkPreview, Selection, SellerState } from "./bulk-model";
import { selectedProducts } from "./bulk-queries";
import { countInto, emptyPreview, judgeBulk } from "./bulk-rules";

type Asked = { selection: Selection; change: BulkChange; confirm: boolean };

/**
 * What a change of many products would do: counts, reasons, the worst case, and what it makes of prices
 * on the market as last seen. `confirm`: floors under half of the price are meant. Saves nothing. Throws
 * `rate_limited`, as all looks here do, for too many at once.
 */
export function previewMany(tx: Tx, caller: Caller, asked: Asked, now: Date): Promise<BulkPreview> {
  return inLookTurn(caller, () => lookAtMany(tx, caller, asked, now));
}

async function lookAtMany(
  tx: Tx,
  caller: Caller,
  { selection, change: asked, confirm }: Asked,
  now: Date,
): Promise<BulkPreview> {
  const change = await withCopied(tx, caller, asked);
  let preview = emptyPreview();
  async function* judged(): AsyncGenerator<Tried> {
    for await (const batch of readAhead(selectedProducts(tx, caller, selection, now, BATCH))) {
      const changed = new Map<string, Partial<SellerState>>();
      for (const product of batch) {
        const outcome = judgeBulk(product, change);
        preview = countInto(preview, product, change, outcome);
        if (outcome.kind === "change" && (confirm || !outcome.doubtful))
          changed.set(product.id, outcome.after);
      }
      const trial: Trial = (row) => withFields(row, changed.get(row.productId) ?? {});
      yield { ids: [...changed.keys()], trial };
    }
  }
  const market = await forecastMarket(tx, judged(), now);
  return { ...preview, market };
}

/** What another rule of a product, or of one of its cities, would make of its prices. Saves nothing. */
export function previewProductRule(
  tx: Tx,
  caller: Caller,
  { productId, cityId, rule }: { productId: string; cityId: string | null; rule: RuleOverride },
  now: Date,
): Promise<{ preview: Preview; market: MarketForecast }> {
  return inLookTurn(caller, async () => {
    const preview = await previewRule(tx, caller, productId, now, cityId, rule);
    const trial: Trial = (row) => {
      if (cityId === null) return { rule };
      return row.cityId === cityId ? { cityRule: rule } : {};
    };
    return { preview, market: await forecastMarket(tx, [{ ids: [productId], trial }], now) };
  });
}

/** What another rule of a store would make of the prices of its bots. Saves nothing. */
export function previewStoreRule(
  tx: Tx,
  caller: Caller,
  storeId: string,
  rule: RuleOverride,
  now: Date,
): Promise<MarketForecast> {
  return inLookTurn(caller, async () => {
    const store = await writableStore(tx, caller, storeId, "change_rule");
    const bots = await botsOfStore(tx, store.id);
    return forecastMarket(tx, inBatches(bots, withStoreRule(rule)), now);
  });
}
