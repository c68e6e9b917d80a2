import { useLocale, useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { formatNumber } from "@/lib/i18n/money";
import type { LoginBudget } from "@/lib/overview/model";

type Props = { budget: LoginBudget; windowMinutes: number };

/** How much of its rolling window a login has used; when it may go on, if it may not now. */
export function BudgetLine({ budget: { login, used, limit, freeAt }, windowMinutes }: Props) {
  const t = useTranslations("overview.today");
  const locale = useLocale();
  const number = (count: number) => formatNumber(count, locale);
  const said = t("used", {
    used: number(used),
    limit: number(limit),
    minutes: number(windowMinutes),
  });
  return (
    <li className="flex flex-col gap-1 text-sm">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span className="min-w-0 truncate">{login}</span>
        <span className="text-ink-soft">{said}</span>
      </div>
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunken">
        <div
          className={`h-full ${freeAt === null ? "bg-blue-solid" : "bg-amber"}`}
          style={{ width: `${Math.min(100, (100 * used) / Math.max(1, limit))}%` }}
        />
      </div>
      {freeAt !== null && (
        <p className="text-amber">{t.rich("full", { when: () => <TimeAgo at={freeAt} /> })}</p>
      )}
    </li>
  );
}
