import { Page } from "@/components/ui/page";
import { PanelsSkeleton, Skeleton } from "@/components/ui/skeleton";

/** The shape of what is known of a card. */
export default function Loading() {
  return (
    <Page>
      <Skeleton className="h-7 w-96 max-w-full" />
      <PanelsSkeleton grid="" panels={["h-36"]} />
      <PanelsSkeleton grid="xl:grid-cols-[minmax(0,1fr)_22rem]" panels={["h-80", "h-80"]} />
      <PanelsSkeleton grid="" panels={["h-64"]} />
    </Page>
  );
}
