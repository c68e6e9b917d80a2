"use client";

import { type RowData, useTable } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { SortHeader } from "./sort-header";
import { features, type TableColumn } from "./table-columns";
import { cellLook, headLook } from "./table-looks";
import { useUrlState } from "./url-state";

type Props<Row extends RowData> = {
  /** What the table holds, for those who do not see it. */
  label: string;
  /** Stable references both: made once, outside the component or in a memo. */
  columns: readonly TableColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
  hiddenColumns?: readonly string[];
  /** Usually the Pagination. */
  footer?: ReactNode;
  isMuted?: (row: Row) => boolean;
};

/** Rows of one page, already sorted by the server; cards on a phone. Needs a UrlStateProvider above. */
export function DataTable<Row extends RowData>(props: Props<Row>) {
  const { label, columns, rows, rowId, empty, hiddenColumns = [], footer, isMuted } = props;
  const { pending } = useUrlState();
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: {
      columnVisibility: Object.fromEntries(hiddenColumns.map((column) => [column, false])),
    },
  });
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
        <table
          aria-label={label}
          aria-busy={pending || undefined}
          className="w-full border-separate border-spacing-0 text-sm max-md:block"
        >
          <thead className="max-md:hidden">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const look = header.column.columnDef.meta ?? {};
                  return (
                    <SortHeader key={header.id} look={look} className={headLook(look)}>
                      <table.FlexRender header={header} />
                    </SortHeader>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody
            className={cn(
              "transition-opacity max-md:flex max-md:flex-col max-md:gap-2",
              pending && "opacity-55 delay-150",
            )}
          >
            {table.getRowModel().rows.map((row) => (
              <tr
                key={row.id}
                className={cn(
                  "group max-md:grid max-md:grid-cols-3 max-md:gap-x-3 max-md:gap-y-2.5 max-md:rounded-lg max-md:border max-md:bg-surface max-md:p-3",
                  isMuted?.(row.original) && "text-ink-faint",
                )}
              >
                {row.getVisibleCells().map((cell) => {
                  const { header, meta = {} } = cell.column.columnDef;
                  return (
                    <td
                      key={cell.id}
                      data-label={typeof header === "string" ? header : undefined}
                      className={cellLook(meta)}
                    >
                      <table.FlexRender cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {footer && <div className="py-2 md:border-t md:px-3">{footer}</div>}
    </div>
  );
}
