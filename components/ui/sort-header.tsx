"use client";

import { ArrowDownIcon, ArrowUpIcon } from "@radix-ui/react-icons";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import type { ColumnLook } from "./table-columns";
import { UrlLink } from "./url-link";
import { useUrlState } from "./url-state";

type Props = {
  look: ColumnLook;
  /** Stands before the name and is not part of its link. */
  before?: ReactNode;
  className: string;
  children: ReactNode;
};

/** A column's head; with `sort` in its look it is a link: first ascending, then descending. */
export function SortHeader({ look, before, className, children }: Props) {
  const { get } = useUrlState();
  if (!look.sort) {
    return (
      <th scope="col" className={className}>
        {before}
        {children}
      </th>
    );
  }
  const sorted = get("sort");
  const up = sorted === look.sort;
  const down = sorted === `-${look.sort}`;
  const Arrow = down ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th
      scope="col"
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
      className={className}
    >
      {before && <span className="mr-2.5">{before}</span>}
      <UrlLink
        patch={{ sort: up ? `-${look.sort}` : look.sort }}
        className={cn(
          "group/sort -mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 outline-offset-0 hover:text-ink",
          look.align === "right" && "flex-row-reverse",
          (up || down) && "text-ink",
        )}
      >
        {children}
        <Arrow
          aria-hidden="true"
          className={cn("size-3", !up && !down && "opacity-0 group-hover/sort:opacity-60")}
        />
      </UrlLink>
    </th>
  );
}
