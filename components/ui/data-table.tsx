"use client";

import {
  FlexRender,
  type OnChangeFn,
  type RowData,
  type RowSelectionState,
  useTable,
} from "@tanstack/react-table";
import { type ComponentType, type ReactNode, useMemo } from "react";
import { cn } from "./class-names";
import { SortHeader } from "./sort-header";
import { features, type TableColumns, type TableHead, type TableRow } from "./table-columns";
import { cellLook } from "./table-looks";
import { useUrlState } from "./url-state";
import { useIsAlive } from "./use-is-alive";

/** The ticked rows of this page; those of other pages are the owner's business. */
export type TableTicks = { ticked: RowSelectionState; onChange: OnChangeFn<RowSelectionState> };

type Props<Line extends RowData> = {
  /** What the table holds, for those who do not see it. */
  label: string;
  columns: TableColumns<Line>;
  rows: Line[];
  rowId: (row: Line) => string;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
  hiddenColumns?: readonly string[];
  ticks?: TableTicks;
  /** Before the first column's name, such as a box that ticks the page. */
  HeadStart?: ComponentType<TableHead<Line>>;
  /** Usually the Pagination. */
  footer?: ReactNode;
  isMuted?: (row: Line) => boolean;
};

/** What a large window shows. The other rows are sent as data only and drawn when the page comes alive. */
const ROWS_IN_HTML = 20;

const noColumns: readonly string[] = [];
const noTicks: TableTicks = { ticked: {}, onChange: () => {} };

/** Rows of one page, already sorted by the server; cards on a phone. Needs a UrlStateProvider above. */
export function DataTable<Line extends RowData>(props: Props<Line>) {
  const { label, columns, rows, rowId, empty, HeadStart, footer, isMuted } = props;
  const { hiddenColumns = noColumns, ticks = noTicks } = props;
  const { pending, get } = useUrlState();
  const sort = get("sort");
  const state = useMemo(
    () => ({
      columnVisibility: Object.fromEntries(hiddenColumns.map((id) => [id, false])),
      sorting: sort ? [{ id: sort.replace("-", ""), desc: sort.startsWith("-") }] : [],
      rowSelection: ticks.ticked,
    }),
    [hiddenColumns, sort, ticks.ticked],
  );
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state,
    onRowSelectionChange: ticks.onChange,
  });
  const drawn = table.getRowModel().rows.slice(0, useIsAlive() ? undefined : ROWS_IN_HTML);
  if (rows.length === 0) {
    return <div className="rounded-lg border bg-surface">{empty}</div>;
  }
  return (
    <div className="flex min-h-0 flex-col md:rounded-lg md:border md:bg-surface">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard too.
        tabIndex={0}
        className="relative min-h-0 rounded-lg outline-offset-0 md:overflow-auto"
      >
        <table aria-label={label} aria-busy={pending || undefined} className="data-table">
          <thead>
            <tr>
              {table.getFlatHeaders().map((header, nth) => (
                <SortHeader
                  key={header.id}
                  header={header}
                  Before={nth === 0 ? HeadStart : undefined}
                />
              ))}
            </tr>
          </thead>
          <tbody className={cn(pending && "opacity-55 delay-150")}>
            {drawn.map((row) => (
              <tr key={row.id} className={isMuted?.(row.original) ? "text-ink-faint" : undefined}>
                <Cells row={row} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {footer && <div className="py-2 md:border-t md:px-3">{footer}</div>}
    </div>
  );
}

function Cells<Line extends RowData>({ row }: { row: TableRow<Line> }) {
  return row.getVisibleCells().map((cell) => {
    const { header, meta = {} } = cell.column.columnDef;
    const isNumber = meta.card === "number" && typeof header === "string";
    return (
      <td key={cell.id} data-label={isNumber ? header : undefined} className={cellLook(meta)}>
        <FlexRender cell={cell} />
      </td>
    );
  });
}
