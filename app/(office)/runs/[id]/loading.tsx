import { Page } from "@/components/ui/page";
import { PanelsSkeleton, Skeleton } from "@/components/ui/skeleton";

/** The shape of a run's page. */
export default function Loading() {
  return (
    <Page>
      <div aria-busy="true" className="flex flex-col gap-2.5">
        <Skeleton className="w-24" />
        <Skeleton className="h-6 w-56" />
        <Skeleton className="w-32" />
      </div>
      <PanelsSkeleton grid="xl:grid-cols-2" panels={["min-h-56", "min-h-56"]} />
    </Page>
  );
}
