import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import type { Preview } from "@/lib/repricing/forecast/preview-rule";
import { FirstPlaceAct } from "./first-place-act";

type Props = { product: Product; preview: Preview; isOneOfSeveral: boolean; className: string };

/** What would make the product first, and what stands in its way. */
export function FirstPlacePanel({ product, preview, isOneOfSeveral, className }: Props) {
  const t = useTranslations("rule.firstPlace");
  const locale = useLocale();
  const { first } = preview;
  if (!first) return null;
  const money = (amount: number) => formatMoney(amount, locale);
  return (
    <Panel className={className} title={t("title")}>
      {first.kind === "alone" && <p>{t("alone")}</p>}
      {first.kind === "first" && <p>{t("first", { above: money(first.above) })}</p>}
      {first.kind === "way" && (
        <>
          <p>{t("price", { price: money(first.price), cheapest: money(first.cheapest) })}</p>
          <Earnings first={first} />
          <Obstacles first={first} preview={preview} />
          {product.isWritable && product.mayChangeRule && (
            <FirstPlaceAct
              productId={product.id}
              cityId={isOneOfSeveral ? product.cityId : null}
              priceCity={product.cityId}
              price={first.price}
              how={howTo(first.obstacles)}
            />
          )}
        </>
      )}
    </Panel>
  );
}

type First = NonNullable<Preview["first"]>;
type Way = Extract<First, { kind: "way" }>;

/** A bot at work needs only to aim there; without one the price is put by hand. Else nothing is sensible. */
function howTo(obstacles: Way["obstacles"]): "rule" | "hand" | null {
  const stands = (...names: Way["obstacles"]) => names.some((name) => obstacles.includes(name));
  if (stands("not_on_sale", "below_lowest", "floor", "gap", "own_store_leads")) return null;
  if (stands("bot_off")) return "hand";
  return stands("other_aim") && !stands("no_floor", "manual_lock") ? "rule" : null;
}

function Earnings({ first: { earns, earnsNow } }: { first: Way }) {
  const t = useTranslations("rule.firstPlace");
  const locale = useLocale();
  if (earns === null) return null;
  const money = (amount: number | null) => (amount === null ? "—" : formatMoney(amount, locale));
  return (
    <p className={earns < 0 ? "text-red" : "text-ink-soft"}>
      {earns < 0
        ? t("loss", { loss: money(-earns) })
        : t("profit", { profit: money(earns), now: money(earnsNow) })}
    </p>
  );
}

function Obstacles({ first, preview }: { first: Way; preview: Preview }) {
  const t = useTranslations("rule.firstPlace");
  const locale = useLocale();
  const { floor, freeze, maxDrop } = preview.rule;
  if (first.obstacles.length === 0) return <p className="text-ink-soft">{t("clear")}</p>;
  const params = {
    floor: formatMoney(floor ?? 0, locale),
    freeze: formatNumber(freeze, locale),
    maxDrop: formatNumber(maxDrop, locale),
  };
  return (
    <div className="text-sm">
      <h3 className="text-ink-faint text-xs">{t("inTheWay")}</h3>
      <ul className="list-disc pl-4 text-ink-soft">
        {first.obstacles.map((obstacle) => (
          <li key={obstacle}>{t(obstacle, params)}</li>
        ))}
      </ul>
    </div>
  );
}
