import { Page } from "@/components/ui/page";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { DecisionsHeader } from "../decisions-header";

/** The shape of the ledger before its rows are here. */
export default function Loading() {
  return (
    <Page fill>
      <DecisionsHeader lead="lead" store={undefined} />
      <div className="flex flex-wrap gap-3">
        <Skeleton className="h-9 w-72 max-w-full" />
        <Skeleton className="h-9 w-96 max-w-full" />
      </div>
      <TableSkeleton rows={14} columns={["w-56", "w-20", "w-28", "w-16", "flex-1", "w-16"]} />
    </Page>
  );
}
