import Link from "next/link";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { DecisionSaid } from "@/components/repricing/decision-said";
import { PriceChange } from "@/components/repricing/price-change";
import { PanelLink } from "@/components/ui/panel-link";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { formatDayTime, formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { LedgerLine } from "./ledger-line";

type Cell = TableCell<LedgerLine>;

const cells = {
  product: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0">
      <Link
        href={`/products/${row.productId}`}
        prefetch={false}
        title={row.productName}
        className="block truncate font-medium outline-offset-0 hover:text-blue hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
      >
        {row.productName}
      </Link>
      <p className="truncate text-ink-faint text-xs">
        {[row.sku, row.where].filter(Boolean).join(" · ")}
      </p>
    </div>
  ),
  when: ({ row: { original: row } }: Cell) => <When at={row.words.at} />,
  change: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("ledger");
    if (!row.change) return <span className="text-ink-faint">{t("unchanged")}</span>;
    return (
      <span className="md:whitespace-nowrap">
        <PriceChange {...row.change} />
      </span>
    );
  },
  difference: ({ row: { original: row } }: Cell) =>
    row.difference && (
      <span className="whitespace-nowrap">
        {row.difference.amount}
        <span className="block text-ink-faint text-xs">{row.difference.percent}</span>
      </span>
    ),
  why: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("ledger");
    return (
      <>
        <DecisionSaid words={row.words} timeElsewhere />
        {row.dryRun && <p className="text-ink-faint text-xs">{t("dryRun")}</p>}
      </>
    );
  },
  who: ({ row: { original: row } }: Cell) => <p className="md:max-w-32 md:truncate">{row.who}</p>,
  details: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("ledger");
    return (
      <PanelLink panel="decision" value={row.id} look="ghost" size="sm">
        {t("details")}
        <span className="sr-only">: {row.productName}</span>
      </PanelLink>
    );
  },
};

function When({ at }: { at: Date }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  return (
    <time
      dateTime={at.toISOString()}
      title={formatMoment(at, { locale, timeZone })}
      className="whitespace-nowrap"
    >
      {formatDayTime(at, { locale, timeZone })}
    </time>
  );
}

const { display, columns } = tableColumns<LedgerLine>();

/** The columns of the ledger in the order of the screen. */
export const ledgerColumns = (
  name: ReturnType<typeof useTranslations<"ledger.columns">>,
): TableColumns<LedgerLine> =>
  columns([
    display({
      id: "product",
      header: name("product"),
      cell: cells.product,
      meta: { card: "title", width: "md:w-72 md:min-w-48 md:max-w-72" },
    }),
    display({ id: "when", header: name("when"), cell: cells.when, meta: { card: "number" } }),
    display({
      id: "change",
      header: name("change"),
      cell: cells.change,
      meta: { card: "number", align: "right" },
    }),
    display({
      id: "difference",
      header: name("difference"),
      cell: cells.difference,
      meta: { card: "number", align: "right" },
    }),
    display({
      id: "why",
      header: name("why"),
      cell: cells.why,
      meta: { card: "line", width: "md:w-full md:min-w-64 md:max-w-0" },
    }),
    display({ id: "who", header: name("who"), cell: cells.who }),
    display({ id: "details", header: "", cell: cells.details, meta: { card: "corner" } }),
  ]);
