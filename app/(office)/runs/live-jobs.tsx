"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { followRuns } from "@/components/live-runs";
import { watchHands } from "@/components/still-hands";

const LOOK_MS = 1_000;

/** Reads the page again when jobs have begun or ended, unless a hand is over it. */
export function LiveJobs() {
  const router = useRouter();
  useEffect(() => {
    let moved = false;
    const hands = watchHands();
    const stop = followRuns(({ kind }) => {
      if (kind !== "snapshot") moved = true;
    });
    const timer = setInterval(() => {
      if (!moved || !hands.isStill()) return;
      moved = false;
      router.refresh();
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      hands.stop();
      stop();
    };
  }, [router]);
  return null;
}
