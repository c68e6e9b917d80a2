import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a product's page before it is here. */
export default function ProductLoading() {
  return (
    <Page>
      <div aria-busy="true" className="flex flex-col gap-4">
        <Skeleton className="w-16" />
        <div className="flex items-center gap-4">
          <Skeleton className="size-16 rounded-md" />
          <div className="flex flex-col gap-2.5">
            <Skeleton className="h-5 w-72 max-w-full" />
            <Skeleton className="w-56 max-w-full" />
          </div>
        </div>
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </Page>
  );
}
