"use client";

import type { ReactNode } from "react";
import { cn } from "./class-names";
import { SortHeader } from "./sort-header";
import type { TableColumn } from "./table-columns";
import { cellLook, headLook } from "./table-looks";
import { useUrlState } from "./url-state";

type Props<Row> = {
  /** What the table holds, for those who do not see it. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
  hiddenColumns?: readonly string[];
  /** Before the first column's name, such as a box that ticks the page. */
  headStart?: ReactNode;
  /** Usually the Pagination. */
  footer?: ReactNode;
  isMuted?: (row: Row) => boolean;
};

/** Rows of one page, already sorted by the server; cards on a phone. Needs a UrlStateProvider above. */
export function DataTable<Row>(props: Props<Row>) {
  const {
    label,
    columns,
    rows,
    rowId,
    empty,
    hiddenColumns = [],
    headStart,
    footer,
    isMuted,
  } = props;
  const { pending } = useUrlState();
  const shown = columns.filter(({ id }) => !hiddenColumns.includes(id));
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
            <tr>
              {shown.map(({ id, header, look }, nth) => (
                <SortHeader
                  key={id}
                  look={look}
                  before={nth === 0 && headStart}
                  className={headLook(look)}
                >
                  {header}
                </SortHeader>
              ))}
            </tr>
          </thead>
          <tbody
            className={cn(
              "transition-opacity max-md:flex max-md:flex-col max-md:gap-2",
              pending && "opacity-55 delay-150",
            )}
          >
            {rows.map((row) => (
              <tr
                key={rowId(row)}
                className={cn(
                  "group max-md:grid max-md:grid-cols-3 max-md:gap-x-3 max-md:gap-y-2.5 max-md:rounded-lg max-md:border max-md:bg-surface max-md:p-3",
                  isMuted?.(row) && "text-ink-faint",
                )}
              >
                {shown.map(({ id, header, look, Cell }) => (
                  <td key={id} data-label={header} className={cellLook(look)}>
                    <Cell row={row} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {footer && <div className="py-2 md:border-t md:px-3">{footer}</div>}
    </div>
  );
}
