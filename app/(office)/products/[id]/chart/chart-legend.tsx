import { useTranslations } from "next-intl";
import { chartLines, lineLooks } from "./line-looks";

/** What the lines and areas are, drawn as they are drawn. */
export function ChartLegend({ hasUnread }: { hasUnread: boolean }) {
  const t = useTranslations("products.product.chart");
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft text-xs">
      {chartLines.map((line) => (
        <li key={line} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="28" height="8" fill="none">
            <path
              d="M0 4H28"
              className={lineLooks[line].className}
              strokeDasharray={lineLooks[line].dash}
            />
          </svg>
          {t(line)}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="h-3 w-4 rounded-sm border bg-blue-soft" />
        {t("band")}
      </li>
      {hasUnread && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-3 w-4 rounded-sm border bg-sunken" />
          {t("unread")}
        </li>
      )}
    </ul>
  );
}
