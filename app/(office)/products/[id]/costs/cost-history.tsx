import { useLocale, useTranslations } from "next-intl";
import { costFields } from "@/components/costs/cost-fields";
import { TimeAgo } from "@/components/time-ago";
import type { CostField, Costs } from "@/lib/costs/model";
import type { CostVersion } from "@/lib/costs/queries";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";

/** How the costs went: each time what has changed, the newest first. */
export function CostHistory({ versions }: { versions: readonly CostVersion[] }) {
  const t = useTranslations("costs.history");
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-soft">{t("title")}</summary>
      <ol className="mt-2 flex flex-col gap-2">
        {versions.map((version, nth) => (
          <li key={version.id}>
            <p className="text-ink-faint text-xs">
              <TimeAgo at={version.setAt} /> · {version.setBy ?? t("system")} ·{" "}
              {t(`source.${version.source}`)}
            </p>
            <Changes version={version} before={versions[nth + 1] ?? null} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Changes({ version, before }: { version: Costs; before: Costs | null }) {
  const t = useTranslations("costs.input");
  const locale = useLocale();
  const changed = costFields.filter((name) => version[name] !== (before?.[name] ?? null));
  const shown = (name: CostField) => {
    const value = version[name];
    if (value === null) return t("notSet", { what: name });
    if (name === "delivery") return t(`delivery.${value as "city"}`);
    if (name === "weightGrams") return `${formatNumber(Number(value), locale)} ${t("grams")}`;
    if (name === "minMargin") return formatPercent(Number(value) / 100, locale);
    return formatMoney(Number(value), locale);
  };
  return <p>{changed.map((name) => `${t(`label.${name}`)}: ${shown(name)}`).join("; ")}</p>;
}
