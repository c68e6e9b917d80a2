import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { BotSwitch } from "../bot-switch";
import { LimitCell } from "../limit-cell";
import { CityLimit } from "./city-limits";

type Props = {
  product: Product;
  /** The highest price the bot may set; null without a floor. */
  ceiling: number | null;
  rule: Pick<RepricingRule, "ceilingFromCost" | "ceilingMarkup">;
  /** Of a product with several cities: this one may have limits of its own. */
  isOneOfSeveral: boolean;
  className: string;
};

export function LimitsPanel({ product, ceiling, rule, isOneOfSeveral, className }: Props) {
  const t = useTranslations("products.product.limits");
  const reads = useTranslations("products.row");
  const tCities = useTranslations("cities.limits");
  const everywhere = { ...product, floor: product.productFloor, ceiling: product.productCeiling };
  const hasOwn = isOneOfSeveral || product.ownFloor !== null || product.ownCeiling !== null;
  return (
    <Panel className={className} title={t("title")}>
      <div className="flex items-center justify-between gap-4">
        <span>{t("bot")}</span>
        <BotSwitch product={product} />
      </div>
      {hasOwn && <Whose>{tCities("everywhere")}</Whose>}
      <Pair
        floor={<LimitCell product={everywhere} limit="floor" />}
        ceiling={<LimitCell product={everywhere} limit="ceiling" />}
      />
      {hasOwn && (
        <>
          <Whose>{tCities("here", { city: product.cityName ?? product.cityId })}</Whose>
          <Pair
            floor={<CityLimit product={product} limit="floor" />}
            ceiling={<CityLimit product={product} limit="ceiling" />}
          />
        </>
      )}
      {product.countingFloor === null && <Note>{t("noFloor")}</Note>}
      {product.countingFloor !== null && product.countingFloor !== product.floor && (
        <FromCost floor={product.countingFloor} />
      )}
      {rule.ceilingFromCost && ceiling !== null && (
        <AboveCost ceiling={ceiling} percent={rule.ceilingMarkup ?? 0} />
      )}
      {product.countingCeiling === null && ceiling !== null && (
        <Unset product={product} ceiling={ceiling} />
      )}
      {!product.isWritable && <Note>{reads("readOnly")}</Note>}
    </Panel>
  );
}

const Whose = ({ children }: { children: ReactNode }) => (
  <h3 className="text-ink-faint text-xs">{children}</h3>
);

function Pair({ floor, ceiling }: { floor: ReactNode; ceiling: ReactNode }) {
  const t = useTranslations("products.product.limits");
  return (
    <dl className="flex flex-col gap-1">
      <div className="grid grid-cols-2 items-center">
        <dt>{t("floor")}</dt>
        <dd className="text-right">{floor}</dd>
      </div>
      <div className="grid grid-cols-2 items-center">
        <dt>{t("ceiling")}</dt>
        <dd className="text-right">{ceiling}</dd>
      </div>
    </dl>
  );
}

/** No ceiling is typed: which one counts, and why. */
function Unset({ product, ceiling }: { product: Product; ceiling: number }) {
  const t = useTranslations("products.product.limits");
  const locale = useLocale();
  const why = () => {
    if (product.anchor === null) return "anchorNow";
    return ceiling === product.anchor ? "anchor" : "anchorFloor";
  };
  return <Note>{t(why(), { ceiling: formatMoney(ceiling, locale) })}</Note>;
}

/** The floor that counts is not the typed one. */
function FromCost({ floor }: { floor: number }) {
  const t = useTranslations("products.product.limits");
  const locale = useLocale();
  return <Note>{t("fromCost", { floor: formatMoney(floor, locale) })}</Note>;
}

/** The ceiling that counts is not the typed one. */
function AboveCost({ ceiling, percent }: { ceiling: number; percent: number }) {
  const t = useTranslations("products.product.limits");
  const locale = useLocale();
  const said = { ceiling: formatMoney(ceiling, locale), percent: formatNumber(percent, locale) };
  return <Note>{t("ceilingFromCost", said)}</Note>;
}

function Note({ children }: { children: ReactNode }) {
  return <p className="text-ink-soft text-sm">{children}</p>;
}
