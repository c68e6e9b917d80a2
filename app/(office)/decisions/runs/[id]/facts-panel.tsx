import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { formatNumber } from "@/lib/i18n/money";
import type { PricingRunView } from "@/lib/ledger/run-queries";
import { Fact } from "./totals-panel";

type Props = {
  run: PricingRunView;
  /** Why it began, and by whom. */
  trigger: string;
  /** The run that puts this one back. */
  undoneBy: string | null;
};

/** When, for which store, why, and how much was looked at. */
export function FactsPanel({ run, trigger, undoneBy }: Props) {
  const t = useTranslations("ledger.run");
  const locale = useLocale();
  const number = (count: number) => formatNumber(count, locale);
  const { storeId, storeName, startedAt, finishedAt, checked, unread, undoes } = run;
  return (
    <Panel title={t("facts")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        <Fact label={t("started")}>
          <TimeAgo at={startedAt} />
        </Fact>
        <Fact label={t("finished")}>
          {finishedAt ? (
            <TimeAgo at={finishedAt} />
          ) : (
            <span className="text-blue">{t("going")}</span>
          )}
        </Fact>
        <Fact label={t("store")}>
          <Link href={`/stores/${storeId}`} className="underline-offset-2 hover:underline">
            {storeName}
          </Link>
        </Fact>
        <Fact label={t("trigger")}>{trigger}</Fact>
        {checked > 0 && <Fact label={t("checked")}>{number(checked)}</Fact>}
        {unread > 0 && (
          <Fact label={t("unread")}>
            <span className="text-amber">{number(unread)}</span>
          </Fact>
        )}
        {undoes && (
          <Fact label={t("undoes")}>
            <Link href={`/decisions/runs/${undoes}`} className="text-blue hover:underline">
              {t("undoesRun")}
            </Link>
          </Fact>
        )}
        {undoneBy && (
          <Fact label={t("undone.label")}>
            <Link href={`/decisions/runs/${undoneBy}`} className="text-blue hover:underline">
              {t("undone.link")}
            </Link>
          </Fact>
        )}
      </dl>
    </Panel>
  );
}
