import { Page } from "@/components/ui/page";
import { PanelsSkeleton } from "@/components/ui/skeleton";
import { RunsHeader } from "../runs-header";

/** The shape of what runs and of the schedule. */
export default function Loading() {
  return (
    <Page>
      <RunsHeader lead="lead" store={undefined} />
      <PanelsSkeleton
        grid="xl:grid-cols-5"
        panels={["min-h-72 xl:col-span-3", "min-h-72 xl:col-span-2"]}
      />
    </Page>
  );
}
