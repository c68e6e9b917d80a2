import { type ChangeText, changeText } from "@/lib/i18n/change";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { FrozenDecision } from "@/lib/ledger/approval-queries";
import { decisionText } from "@/lib/repricing/decide/reason-text";

const RIVALS_SHOWN = 3;

/** A price that waits for a yes or a no, as the browser gets it. */
export type ApprovalLine = Pick<
  FrozenDecision,
  "decisionId" | "productId" | "productName" | "sku" | "isAgreed" | "isWritable"
> & {
  where: string | null;
  before: number | null;
  wanted: number | null;
  difference: ChangeText | null;
  why: string;
  at: Date;
  /** The cheapest others when it was asked. */
  rivals: { key: string; name: string; price: number }[];
};

type Reader = {
  t: Translator;
  locale: Locale;
  severalStores: boolean;
  knownMerchants: ReadonlySet<string>;
};

export function approvalLine(
  row: FrozenDecision,
  { t, locale, severalStores, knownMerchants }: Reader,
): ApprovalLine {
  const { decisionId, productId, productName, sku, isAgreed, isWritable } = row;
  const where = [severalStores ? row.storeName : null, row.cityName].filter(Boolean).join(", ");
  const rivals = row.offers.filter(({ merchantId }) => !knownMerchants.has(merchantId));
  return {
    decisionId,
    productId,
    productName,
    sku,
    isAgreed,
    isWritable,
    where: where || null,
    before: row.priceBefore,
    wanted: row.price,
    difference: changeText(row.priceBefore, row.price, locale),
    why: decisionText(t, locale, row),
    at: row.decidedAt,
    rivals: rivals.slice(0, RIVALS_SHOWN).map(({ merchantId, merchantName, price }, nth) => ({
      key: `${merchantId} ${nth}`,
      name: merchantName,
      price,
    })),
  };
}
