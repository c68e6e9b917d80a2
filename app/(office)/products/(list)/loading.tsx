import { Page } from "@/components/ui/page";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the list before its rows are here. */
export default function ProductsLoading() {
  return (
    <Page fill>
      <div className="flex flex-col gap-2.5 py-1">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="w-64" />
      </div>
      <div className="flex flex-wrap gap-3">
        <Skeleton className="h-9 w-80 max-w-full" />
        <Skeleton className="h-9 w-96 max-w-full" />
      </div>
      <TableSkeleton
        rows={14}
        columns={["w-64", "w-16", "w-16", "w-12", "w-16", "flex-1", "w-20"]}
      />
    </Page>
  );
}
