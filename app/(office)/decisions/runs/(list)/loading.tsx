import { Page } from "@/components/ui/page";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { DecisionsHeader } from "../../decisions-header";

/** The shape of the list before its rows are here. */
export default function Loading() {
  return (
    <Page fill>
      <DecisionsHeader lead="runs.lead" store={undefined} />
      <Skeleton className="h-9 w-56" />
      <TableSkeleton rows={12} columns={["w-28", "flex-1", "w-16", "w-16", "w-16"]} />
    </Page>
  );
}
