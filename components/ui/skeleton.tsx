import { cn } from "./class-names";

/** A grey bar of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("block h-3.5 animate-breathe rounded-sm bg-line", className)}
    />
  );
}

type TableProps = { rows?: number /** Widths of the columns, as classes. */; columns: string[] };

/** The shape of a table before its rows are here. */
export function TableSkeleton({ rows = 12, columns }: TableProps) {
  return (
    <div aria-busy="true" className="overflow-hidden rounded-lg border bg-surface">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={row} className="flex h-10 items-center gap-6 border-b px-3 last:border-b-0">
          {columns.map((width, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same.
            <Skeleton key={column} className={width} />
          ))}
        </div>
      ))}
    </div>
  );
}

type PanelsProps = {
  /** How they lie, as classes. */
  grid: string;
  /** The size of each, as classes. */
  panels: string[];
};

/** The shape of panels before what they say is here. */
export function PanelsSkeleton({ grid, panels }: PanelsProps) {
  return (
    <div aria-busy="true" className={cn("grid gap-4", grid)}>
      {panels.map((size, panel) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: each has its place.
          key={panel}
          className={cn("flex flex-col gap-4 rounded-lg border bg-surface p-4", size)}
        >
          <Skeleton className="h-4 w-40" />
          {["w-3/4", "w-1/2", "w-2/3", "w-1/3"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
      ))}
    </div>
  );
}
