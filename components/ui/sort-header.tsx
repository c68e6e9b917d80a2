"use client";

import { ArrowDownIcon, ArrowUpIcon } from "@radix-ui/react-icons";
import { FlexRender, type Header, type RowData } from "@tanstack/react-table";
import type { ComponentType } from "react";
import { cn } from "./class-names";
import type { TableFeatures, TableHead } from "./table-columns";
import { headLook } from "./table-looks";
import { UrlLink } from "./url-link";

type Props<Line extends RowData> = {
  header: Header<TableFeatures, Line>;
  /** Stands before the name and is not part of its link. */
  Before: ComponentType<TableHead<Line>> | undefined;
};

/** A column's head; where the server can sort by it, a link: first ascending, then descending. */
export function SortHeader<Line extends RowData>({ header, Before }: Props<Line>) {
  const { column } = header;
  const { meta = {} } = column.columnDef;
  const sorted = column.getIsSorted();
  const Arrow = sorted === "desc" ? ArrowDownIcon : ArrowUpIcon;
  if (!column.getCanSort())
    return (
      <th scope="col" className={headLook(meta)}>
        {Before && (
          <span className="mr-2.5">
            <Before {...header.getContext()} />
          </span>
        )}
        <FlexRender header={header} />
      </th>
    );
  return (
    <th scope="col" aria-sort={sorted ? `${sorted}ending` : "none"} className={headLook(meta)}>
      {Before && (
        <span className="mr-2.5">
          <Before {...header.getContext()} />
        </span>
      )}
      <UrlLink
        patch={{ sort: sorted === "asc" ? `-${column.id}` : column.id }}
        className={cn(
          "group/sort -mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 outline-offset-0 hover:text-ink",
          meta.align === "right" && "flex-row-reverse",
          sorted && "text-ink",
        )}
      >
        <FlexRender header={header} />
        <Arrow
          aria-hidden="true"
          className={cn("size-3", !sorted && "opacity-0 group-hover/sort:opacity-60")}
        />
      </UrlLink>
    </th>
  );
}
