import type { Locale } from "@/lib/i18n/locales";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { Rival } from "@/lib/rivals/list-model";

/** A row of the table as the browser gets it. */
export type RivalLine = Pick<Rival, "merchantId" | "name" | "seenAt"> & {
  cards: string;
  cheaper: { shown: string; share: string; tone: "red" | "plain" };
  gap: string;
  /** The products where they are met. */
  href: `/products?${string}`;
  excluded: "no" | "partly" | "yes";
  mayExclude: boolean;
};

type Reader = {
  t: Translator;
  locale: Locale;
  store: string | undefined;
  /** Of how many stores, and in how many of them each seller is left out. */
  stores: number;
  mayExclude: boolean;
  excludedIn: ReadonlyMap<string, number>;
};

/** More of our cards than this are lost to them: worth a colour. */
const MANY = 0.5;

export function rivalLine(
  { merchantId, name, cards, cheaper, gap, seenAt }: Rival,
  { t, locale, store, stores, mayExclude, excludedIn }: Reader,
): RivalLine {
  const number = (value: number) => formatNumber(value, locale);
  const excluded = excludedIn.get(merchantId) ?? 0;
  return {
    merchantId,
    name,
    seenAt,
    cards: number(cards),
    cheaper: {
      shown: number(cheaper),
      share: formatPercent(Math.round((100 * cheaper) / cards), locale),
      tone: cheaper / cards > MANY ? "red" : "plain",
    },
    gap: gap === null ? "" : gapText(t, gap, number),
    href: `/products?${new URLSearchParams({ ...(store && { store }), rival: merchantId })}`,
    mayExclude,
    excluded: excluded === 0 ? "no" : excluded < stores ? "partly" : "yes",
  };
}

function gapText(t: Translator, gap: number, number: (value: number) => string): string {
  if (gap === 0) return t("rivals.gap.same");
  const percent = Math.abs(gap) / 10;
  const shown = number(percent >= 10 ? Math.round(percent) : percent);
  return t(`rivals.gap.${gap < 0 ? "cheaper" : "dearer"}`, { percent: shown });
}
