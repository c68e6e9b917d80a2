import Link from "next/link";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { formatDayTime, formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { PricingRunLine } from "./run-line";

type Cell = TableCell<PricingRunLine>;

const cells = {
  started: ({ row: { original: row } }: Cell) => {
    const locale = useLocale();
    const timeZone = useTimeZone() ?? defaultTimeZone;
    return (
      <Link
        href={`/decisions/runs/${row.id}`}
        prefetch={false}
        title={formatMoment(row.startedAt, { locale, timeZone })}
        className="font-medium whitespace-nowrap underline-offset-2 hover:underline"
      >
        {formatDayTime(row.startedAt, { locale, timeZone })}
      </Link>
    );
  },
  store: ({ row: { original: row } }: Cell) => row.store,
  trigger: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("ledger.runs");
    return row.dryRun ? `${row.trigger}, ${t("dryRun")}` : row.trigger;
  },
  checked: ({ row: { original: row } }: Cell) => row.checked,
  changes: ({ row: { original: row } }: Cell) => (
    <span className={row.isQuiet ? undefined : "font-medium"}>{row.changes}</span>
  ),
  unread: ({ row: { original: row } }: Cell) => <Some count={row.unread} />,
  held: ({ row: { original: row } }: Cell) => <Some count={row.held} />,
  took: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("ledger.runs");
    return row.took ?? <span className="text-blue">{t("going")}</span>;
  },
};

function Some({ count }: { count: string | null }) {
  if (count === null) return <span className="text-ink-faint">0</span>;
  return <span className="font-medium text-amber">{count}</span>;
}

const { display, columns } = tableColumns<PricingRunLine>();

/** The columns of the list of price checks, in the order of the screen. */
export const runsColumns = (
  name: ReturnType<typeof useTranslations<"ledger.runs.columns">>,
  severalStores: boolean,
): TableColumns<PricingRunLine> =>
  columns([
    display({
      id: "started",
      header: name("started"),
      cell: cells.started,
      meta: { card: "title" },
    }),
    ...(severalStores
      ? [
          display({
            id: "store",
            header: name("store"),
            cell: cells.store,
            meta: { card: "line", width: "md:max-w-56 md:truncate" },
          }),
        ]
      : []),
    display({
      id: "trigger",
      header: name("trigger"),
      cell: cells.trigger,
      meta: { card: "corner", width: "md:w-full" },
    }),
    display({
      id: "checked",
      header: name("checked"),
      cell: cells.checked,
      meta: { align: "right", card: "number" },
    }),
    display({
      id: "changes",
      header: name("changes"),
      cell: cells.changes,
      meta: { align: "right", card: "number" },
    }),
    display({ id: "unread", header: name("unread"), cell: cells.unread, meta: { align: "right" } }),
    display({
      id: "held",
      header: name("held"),
      cell: cells.held,
      meta: { align: "right", card: "number" },
    }),
    display({ id: "took", header: name("took"), cell: cells.took, meta: { align: "right" } }),
  ]);
