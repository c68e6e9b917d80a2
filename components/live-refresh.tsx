"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { watchHands } from "./still-hands";

const LOOK_MS = 1_000;

/**
 * Reads the page again every so often, while somebody looks at it, edits nothing and moves nothing.
 * Next leaves the page when a refresh cannot reach the server, so the server is asked first.
 */
export function LiveRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    let readAt = Date.now();
    const hands = watchHands();
    const look = async () => {
      if (Date.now() - readAt < everyMs || !hands.isStill()) return;
      readAt = Date.now();
      const answer = await fetch("/health/", { cache: "no-store" }).catch(() => null);
      if (answer?.ok && hands.isStill()) router.refresh();
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      hands.stop();
    };
  }, [everyMs, router]);
  return null;
}
