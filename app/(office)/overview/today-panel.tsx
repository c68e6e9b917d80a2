import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { formatNumber } from "@/lib/i18n/money";
import type { Overview } from "@/lib/overview/model";
import { todayFilters } from "@/lib/products/filter-model";
import { BudgetLine } from "./budget-line";
import { todayHref } from "./links";

type Props = Pick<Overview, "today" | "budgets" | "windowMinutes"> & { store: string | undefined };

/** What became of prices since midnight, each number leading to its products, and how much each login may still send. */
export function TodayPanel({ today, budgets, windowMinutes, store }: Props) {
  const t = useTranslations("overview.today");
  const locale = useLocale();
  return (
    <Panel title={t("title")} className="xl:col-span-2">
      <dl className="flex flex-col">
        {todayFilters.map((state) => (
          <div key={state} className="flex justify-between gap-4 border-b py-1.5 last:border-b-0">
            <dt className="text-ink-soft">{t(state)}</dt>
            <dd
              className={`font-medium ${state === "rejected" && today[state] > 0 ? "text-red" : ""}`}
            >
              {today[state] === 0 ? (
                formatNumber(0, locale)
              ) : (
                <Link
                  href={todayHref(state, store)}
                  aria-label={`${t(state)}: ${formatNumber(today[state], locale)}`}
                  className="-mx-2 px-2 underline-offset-2 hover:underline pointer-coarse:-my-1.5 pointer-coarse:py-1.5"
                >
                  {formatNumber(today[state], locale)}
                </Link>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-auto flex flex-col gap-2 border-t pt-3">
        <h3 className="text-ink-soft text-sm">{t("budget")}</h3>
        {budgets.length === 0 && <p className="text-ink-soft text-sm">{t("none")}</p>}
        {budgets.length > 0 && <p className="text-ink-faint text-xs">{t("shared")}</p>}
        <ul className="flex flex-col gap-3">
          {budgets.map((budget) => (
            <BudgetLine key={budget.login} budget={budget} windowMinutes={windowMinutes} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}
