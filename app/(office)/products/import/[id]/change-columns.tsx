import Link from "next/link";
import { useTranslations } from "next-intl";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { ChangeLine } from "./import-line";
import { TakeBox } from "./take-box";

type Cell = TableCell<ChangeLine>;

const cells = {
  product: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0 md:py-1.5">
      <p className="truncate">
        {row.href ? (
          <Link href={row.href} className="text-blue">
            {row.name}
          </Link>
        ) : (
          (row.name ?? row.article)
        )}
      </p>
      <p className="truncate text-ink-soft text-sm">{row.article}</p>
    </div>
  ),
  before: ({ row: { original: row } }: Cell) => (
    <span className="wrap-break-word text-ink-soft">{row.before}</span>
  ),
  after: ({ row: { original: row } }: Cell) => (
    <span className="wrap-break-word font-medium">{row.after}</span>
  ),
  note: function Note({ row: { original: row } }: Cell) {
    const t = useTranslations("tables.import.table");
    return (
      <div className="flex min-w-0 flex-col md:py-1.5">
        {row.base !== null && (
          <span className="text-ink-soft text-sm">{t("base", { value: row.base })}</span>
        )}
        {row.note && <span>{row.note}</span>}
        {row.isDoubtful && <span className="text-amber">{t("doubt")}</span>}
        {row.isConflict && <TakeBox line={row} />}
      </div>
    );
  },
};

const { accessor, display, columns } = tableColumns<ChangeLine>();

/** What a file would change, cell by cell. */
export const changeColumns = (
  name: ReturnType<typeof useTranslations<"tables.import.table">>,
): TableColumns<ChangeLine> =>
  columns([
    accessor("line", {
      id: "line",
      header: name("line"),
      meta: { align: "right", card: "number", width: "md:w-16" },
    }),
    display({
      id: "product",
      header: name("product"),
      cell: cells.product,
      meta: { card: "title", width: "md:min-w-56 md:max-w-80" },
    }),
    accessor("field", {
      id: "field",
      header: name("field"),
      meta: { card: "line", width: "md:whitespace-nowrap" },
    }),
    display({
      id: "before",
      header: name("before"),
      cell: cells.before,
      meta: { card: "number", width: "md:min-w-28 md:max-w-60" },
    }),
    display({
      id: "after",
      header: name("after"),
      cell: cells.after,
      meta: { card: "number", width: "md:min-w-28 md:max-w-60" },
    }),
    display({
      id: "note",
      header: name("note"),
      cell: cells.note,
      meta: { card: "line", width: "md:w-full md:min-w-56" },
    }),
  ]);
