import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { RunsHeader } from "../runs-header";

const rows = Array.from({ length: 8 }, (_, nth) => nth);

/** The shape of the list. */
export default function Loading() {
  return (
    <Page>
      <RunsHeader lead="leadHistory" store={undefined} />
      <div aria-busy="true" className="flex flex-col gap-4 rounded-lg border bg-surface p-4">
        {rows.map((row) => (
          <Skeleton key={row} className={row % 2 === 0 ? "w-3/4" : "w-2/3"} />
        ))}
      </div>
    </Page>
  );
}
