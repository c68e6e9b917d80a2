import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of an order before it is here. */
export default function Loading() {
  return (
    <Page>
      <Skeleton className="h-16 w-80 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </Page>
  );
}
