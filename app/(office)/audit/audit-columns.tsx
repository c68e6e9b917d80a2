import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { PanelLink } from "@/components/ui/panel-link";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { formatDayTime, formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { AuditLine } from "./audit-line";
import { ChangeList } from "./change-list";

type Cell = TableCell<AuditLine>;

const CHANGES_IN_ROW = 3;

const cells = {
  what: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0">
      <p className="font-medium max-md:whitespace-normal">{row.what}</p>
      {row.subject && <p className="truncate text-ink-soft text-sm">{row.subject}</p>}
    </div>
  ),
  when: ({ row: { original: row } }: Cell) => <When at={row.at} />,
  who: ({ row: { original: row } }: Cell) => <p className="md:max-w-40 md:truncate">{row.who}</p>,
  change: ({ row: { original: row } }: Cell) =>
    row.changes.length > 0 && <ChangeList changes={row.changes} most={CHANGES_IN_ROW} />,
  store: ({ row: { original: row } }: Cell) =>
    row.storeName && <p className="md:max-w-40 md:truncate">{row.storeName}</p>,
  from: ({ row: { original: row } }: Cell) =>
    row.from && <p className="text-ink-soft md:max-w-44 md:truncate">{row.from}</p>,
  details: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("audit");
    return (
      <PanelLink panel="entry" value={row.id} look="ghost" size="sm">
        {t("details")}
        <span className="sr-only">: {row.what}</span>
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

const { display, columns } = tableColumns<AuditLine>();

/** The columns of the audit in the order of the screen. */
export const auditColumns = (
  name: ReturnType<typeof useTranslations<"audit.columns">>,
): TableColumns<AuditLine> =>
  columns([
    display({
      id: "what",
      header: name("what"),
      cell: cells.what,
      meta: { card: "title", width: "md:w-72 md:min-w-48 md:max-w-72" },
    }),
    display({ id: "when", header: name("when"), cell: cells.when, meta: { card: "number" } }),
    display({ id: "who", header: name("who"), cell: cells.who, meta: { card: "number" } }),
    display({
      id: "change",
      header: name("change"),
      cell: cells.change,
      meta: { card: "line", width: "md:w-full md:min-w-64 md:max-w-0" },
    }),
    display({ id: "store", header: name("store"), cell: cells.store }),
    display({ id: "from", header: name("from"), cell: cells.from }),
    display({ id: "details", header: "", cell: cells.details, meta: { card: "corner" } }),
  ]);
