import { Page } from "@/components/ui/page";
import { PanelsSkeleton, Skeleton } from "@/components/ui/skeleton";

const panels = ["stops", "pause", "points", "channels"].map(() => "min-h-48");

/** The shape of a store's page. */
export default function Loading() {
  return (
    <Page>
      <div aria-busy="true" className="flex flex-col gap-4">
        <span className="flex flex-col gap-2">
          <Skeleton className="h-6 w-56" />
          <Skeleton className="w-72 max-w-full" />
        </span>
        <Skeleton className="h-40 w-full rounded-lg" />
      </div>
      <PanelsSkeleton grid="xl:grid-cols-2" panels={panels} />
    </Page>
  );
}
