import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Notice } from "@/components/ui/notice";
import type { Texts } from "@/lib/calculator/field-model";
import type { Said } from "@/lib/calculator/model";
import type { Outcome } from "@/lib/calculator/work-out";
import type { Floor } from "@/lib/costs/model";
import { formatMoney, formatPercent } from "@/lib/i18n/money";
import { CopyLink } from "./copy-link";
import { ProfitLines } from "./profit-lines";
import { SaveCalculation } from "./save-calculation";

type Props = { said: Said; outcome: Outcome; texts: Texts };

/** Profit, margin and the two prices that matter; what is not known is said and never counted as zero. */
export function Results({ said, outcome, texts }: Props) {
  const t = useTranslations("calculator.result");
  const tMissing = useTranslations("calculator.missing");
  const locale = useLocale();
  const { profit, missing, breakEven, wished } = outcome;
  const tone = profit && profit.profit < 0 ? "text-red" : "text-green";
  const isEmpty = Object.keys(texts).length === 0;
  return (
    <div className="flex flex-col gap-4 lg:sticky lg:top-4">
      <Panel title={t("title")}>
        <div aria-live="polite" className="flex flex-col gap-3">
          {missing.length > 0 && !isEmpty && (
            <Notice
              tone="amber"
              action={
                <Link href="/settings/tariffs" className="shrink-0 text-blue text-sm underline">
                  {t("tariffs")}
                </Link>
              }
            >
              {t("missing", { what: missing.map((name) => tMissing(name)).join(", ") })}
            </Notice>
          )}
          <dl className="grid grid-cols-2 gap-4">
            <Figure name={t("profit")}>
              {profit ? (
                <span className={tone}>{formatMoney(profit.profit, locale)}</span>
              ) : (
                <Unknown>{t(said.price === null ? "noPrice" : "unknown")}</Unknown>
              )}
            </Figure>
            <Figure name={t("margin")}>
              {profit ? (
                <span className={tone}>{formatPercent(profit.margin / 100, locale)}</span>
              ) : (
                <Unknown>{t(said.price === null ? "noPrice" : "unknown")}</Unknown>
              )}
            </Figure>
            <Figure name={t("breakEven")}>
              <Price floor={breakEven} />
            </Figure>
            <Figure name={t("wished")}>
              {wished ? <Price floor={wished} /> : <Unknown>{t("wishedHint")}</Unknown>}
            </Figure>
          </dl>
        </div>
        {!isEmpty && (
          <div className="flex flex-col gap-3 border-t pt-3">
            <CopyLink />
            <SaveCalculation texts={texts} />
          </div>
        )}
      </Panel>
      {profit && (
        <Panel title={t("lines")}>
          <ProfitLines profit={profit} />
        </Panel>
      )}
    </div>
  );
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd className="font-semibold text-lg tabular-nums">{children}</dd>
    </div>
  );
}

function Unknown({ children }: { children: React.ReactNode }) {
  return <span className="font-normal text-base text-ink-faint">{children}</span>;
}

function Price({ floor }: { floor: Floor }) {
  const t = useTranslations("calculator.result");
  const locale = useLocale();
  if (floor.kind === "missing") return <Unknown>{t("unknown")}</Unknown>;
  if (floor.kind === "impossible") return <Unknown>{t("impossible")}</Unknown>;
  const [gap] = floor.gaps;
  return (
    <>
      {formatMoney(floor.floor, locale)}
      {gap && (
        <span className="block font-normal text-ink-soft text-sm">
          {t("gaps", { from: formatMoney(gap[0], locale), to: formatMoney(gap[1], locale) })}
        </span>
      )}
    </>
  );
}
