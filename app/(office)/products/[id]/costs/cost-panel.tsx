import { getLocale, getTranslations } from "next-intl/server";
import { costTexts } from "@/components/costs/cost-fields";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { costHistory } from "@/lib/costs/queries";
import { workOutOne } from "@/lib/costs/work-out";
import { kaspiAccess } from "@/lib/exits/access";
import { formatMoney } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import { CostEditor } from "./cost-editor";
import { CostHistory } from "./cost-history";
import { FromCostSwitch } from "./from-cost-switch";
import { GapsNote } from "./gaps-note";
import { MissingNote } from "./missing-note";
import { ProfitChart } from "./profit-chart";
import { ProfitLines } from "./profit-lines";
import { TariffsUsed } from "./tariffs-used";

type Props = {
  product: Product;
  /** Whether the rule that counts takes the floor from cost. */
  counts: boolean;
  className: string;
};

/** What a product costs, the floor that makes, and what every price would earn. */
export async function CostPanel({ product, counts, className }: Props) {
  const { db, clock } = kaspiAccess();
  const [t, tNav, locale, worked, history] = await Promise.all([
    getTranslations("costs.panel"),
    getTranslations("common.nav"),
    getLocale(),
    workOutOne(db, product, clock()),
    costHistory(db, product.id),
  ]);
  const { terms, floor, costs, chosen } = worked;
  const lowest = floor.kind === "floor" ? floor.floor : null;
  return (
    <Panel
      className={className}
      title={t("title")}
      aside={
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="sm" href={`/calculator?product=${product.id}`} prefetch={false}>
            {tNav("calculator")}
          </ButtonLink>
          {product.isWritable && (
            <CostEditor
              productId={product.id}
              values={costTexts(costs)}
              usual={costTexts(chosen.usual && { cost: null, ...chosen.usual.value })}
            />
          )}
        </div>
      }
    >
      <div className="flex items-center justify-between gap-4">
        <span>
          {t("fromCost")}
          <span className="block text-ink-soft text-sm">
            {lowest === null
              ? t(floor.kind === "impossible" ? "impossible" : "notComputed")
              : t(counts ? "counts" : "countsNot", { floor: formatMoney(lowest, locale) })}
          </span>
        </span>
        <FromCostSwitch product={product} on={counts} />
      </div>
      {floor.kind === "missing" && <MissingNote missing={floor.missing} counts={counts} />}
      {floor.kind === "impossible" && <Notice tone="red">{t("impossibleWhy")}</Notice>}
      {terms.kind === "terms" && (
        <>
          <ProfitLines terms={terms.terms} floor={lowest} price={product.price} />
          {floor.kind === "floor" && <GapsNote gaps={floor.gaps} />}
          <ProfitChart terms={terms.terms} floor={lowest} product={product} />
        </>
      )}
      <TariffsUsed chosen={chosen} />
      {history.length > 0 && <CostHistory versions={history} />}
    </Panel>
  );
}
