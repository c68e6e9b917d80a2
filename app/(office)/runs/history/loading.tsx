import { Page } from "@/components/ui/page";
import { TableSkeleton } from "@/components/ui/skeleton";
import { RunsHeader } from "../runs-header";

/** The shape of the list. */
export default function Loading() {
  return (
    <Page>
      <RunsHeader lead="leadHistory" store={undefined} />
      <TableSkeleton columns={["w-44", "w-24", "w-36", "w-24", "w-24", "w-12", "flex-1"]} />
    </Page>
  );
}
