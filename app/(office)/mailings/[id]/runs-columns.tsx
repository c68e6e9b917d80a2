import { useLocale, useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { UrlLink } from "@/components/ui/url-link";
import { formatNumber } from "@/lib/i18n/money";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { RunState } from "./run-state";

export type RunLine = RunRow & { isShown: boolean };

type Cell = TableCell<RunLine>;
type Counted = "total" | "succeeded" | "failed" | "unknown" | "skipped";

const looks: Partial<Record<Counted, string>> = { failed: "text-red", unknown: "text-amber" };

/** Nothing to be worried about is grey. */
function Count({ run, name }: { run: RunLine; name: Counted }) {
  const locale = useLocale();
  const value = run[name];
  return (
    <span className={value === 0 ? "text-ink-faint" : looks[name]}>
      {formatNumber(value, locale)}
    </span>
  );
}

const cells = {
  number: function Which({ row: { original: run } }: Cell) {
    const t = useTranslations("mailings.runs");
    return (
      <UrlLink
        patch={{ run: `${run.number}` }}
        aria-current={run.isShown ? "true" : undefined}
        className={run.isShown ? "font-semibold" : "text-blue hover:underline"}
      >
        {t("nth", { number: run.number })}
      </UrlLink>
    );
  },
  how: function How({ row: { original: run } }: Cell) {
    const t = useTranslations("mailings.runs.trigger");
    return run.startedBy === null
      ? t(`nobody.${run.trigger}`)
      : t(`person.${run.trigger}`, { name: run.startedBy });
  },
  began: ({ row: { original: run } }: Cell) => <TimeAgo at={run.startedAt} />,
  state: ({ row: { original: run } }: Cell) => <RunState state={run.state} />,
  total: ({ row }: Cell) => <Count run={row.original} name="total" />,
  succeeded: ({ row }: Cell) => <Count run={row.original} name="succeeded" />,
  failed: ({ row }: Cell) => <Count run={row.original} name="failed" />,
  unknown: ({ row }: Cell) => <Count run={row.original} name="unknown" />,
  skipped: ({ row }: Cell) => <Count run={row.original} name="skipped" />,
};

const { display, columns } = tableColumns<RunLine>();

/** The columns of a mailing's runs, side by side. */
export const runsColumns = (
  name: ReturnType<typeof useTranslations<"mailings.runs.columns">>,
): TableColumns<RunLine> => {
  const number = (id: Counted, onCard: boolean) =>
    display({
      id,
      header: name(id),
      cell: cells[id],
      meta: { align: "right", ...(onCard && { card: "number" }) },
    });
  return columns([
    display({
      id: "number",
      header: name("number"),
      cell: cells.number,
      meta: { card: "title", width: "whitespace-nowrap" },
    }),
    display({ id: "state", header: name("state"), cell: cells.state, meta: { card: "corner" } }),
    display({ id: "began", header: name("began"), cell: cells.began, meta: { card: "line" } }),
    display({
      id: "how",
      header: name("how"),
      cell: cells.how,
      meta: { card: "line", width: "md:w-full md:min-w-40" },
    }),
    number("total", false),
    number("succeeded", true),
    number("failed", true),
    number("unknown", true),
    number("skipped", false),
  ]);
};
