"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";
import { followRuns, type Heard } from "./live-runs";

/** Runs that end together are one reading of the page: Next leaves it when readings overlap. */
const SETTLE_MS = 300;
let reading: ReturnType<typeof setTimeout> | undefined;

function readAgain(refresh: () => void): void {
  clearTimeout(reading);
  reading = setTimeout(refresh, SETTLE_MS);
}

const runsIn = (news: Heard) => {
  if (news.kind === "run") return [news.run];
  return news.kind === "snapshot" ? news.runs : [];
};

/** The run the page knows of, followed live for as long as it lasts; then the page is read again. */
export function useRun(known: RunProgress | null): RunProgress | null {
  const router = useRouter();
  const [heard, setHeard] = useState<RunProgress | null>(null);
  const followed = known !== null && isUnderWay(known) ? known.id : null;

  useEffect(() => {
    if (followed === null) return;
    return followRuns((news) => {
      if (news.kind === "jobs") return;
      const run = runsIn(news).find(({ id }) => id === followed);
      if (run) setHeard(run);
      // A snapshot is all that is under way: what is not in it has ended while nobody listened.
      if (run ? !isUnderWay(run) : news.kind !== "run") readAgain(() => router.refresh());
    });
  }, [followed, router]);

  return followed !== null && heard?.id === followed ? heard : known;
}
