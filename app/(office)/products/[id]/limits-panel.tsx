import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { formatMoney } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import { BotSwitch } from "../bot-switch";
import { LimitCell } from "../limit-cell";

type Props = {
  product: Product;
  /** The highest price the bot may set; null without a floor. */
  ceiling: number | null;
  className: string;
};

export function LimitsPanel({ product, ceiling, className }: Props) {
  const t = useTranslations("products.product.limits");
  const reads = useTranslations("products.row");
  return (
    <Panel className={className} title={t("title")}>
      <div className="flex items-center justify-between gap-4">
        <span>{t("bot")}</span>
        <BotSwitch product={product} />
      </div>
      <dl className="flex flex-col gap-1">
        <div className="grid grid-cols-2 items-center">
          <dt>{t("floor")}</dt>
          <dd className="text-right">
            <LimitCell product={product} limit="floor" />
          </dd>
        </div>
        <div className="grid grid-cols-2 items-center">
          <dt>{t("ceiling")}</dt>
          <dd className="text-right">
            <LimitCell product={product} limit="ceiling" />
          </dd>
        </div>
      </dl>
      {product.floor === null && <Note>{t("noFloor")}</Note>}
      {product.ceiling === null && ceiling !== null && (
        <Unset product={product} ceiling={ceiling} />
      )}
      {!product.isWritable && <Note>{reads("readOnly")}</Note>}
    </Panel>
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

function Note({ children }: { children: ReactNode }) {
  return <p className="text-ink-soft text-sm">{children}</p>;
}
