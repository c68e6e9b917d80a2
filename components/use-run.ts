"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";

const TRY_AGAIN_MS = 5_000;

/** The run the page knows of, followed live for as long as it lasts; then the page is read again. */
export function useRun(known: RunProgress | null): RunProgress | null {
  const router = useRouter();
  const [heard, setHeard] = useState<RunProgress | null>(null);
  const [attempt, setAttempt] = useState(0);
  const followed = known !== null && isUnderWay(known) ? known.id : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another connection.
  useEffect(() => {
    if (followed === null) return;
    const source = new EventSource(`/runs/${followed}/events`);
    let again: ReturnType<typeof setTimeout> | undefined;
    source.onmessage = (event) => {
      const run = JSON.parse(event.data) as RunProgress;
      setHeard(run);
      if (isUnderWay(run)) return;
      source.close();
      router.refresh();
    };
    // A dropped line is taken up by the browser; a refusal is not: the page then says why.
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => {
        setAttempt((before) => before + 1);
        router.refresh();
      }, TRY_AGAIN_MS);
    };
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, [followed, attempt, router]);

  return followed !== null && heard?.id === followed ? heard : known;
}
