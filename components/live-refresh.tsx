"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** How long the hand must be still before anything under it may change. */
const STILL_MS = 2_500;
const LOOK_MS = 1_000;

const editing =
  "main :is(input:not([inputmode=search], [type=radio], [type=checkbox]), textarea, select):focus, [role=dialog], [role=alertdialog], [role=menu], main [aria-busy=true]";

/**
 * Reads the page again every so often, while somebody looks at it, edits nothing and moves nothing.
 * Next leaves the page when a refresh cannot reach the server, so the server is asked first.
 */
export function LiveRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    let touchedAt = 0;
    let readAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    const isStill = () =>
      !document.hidden &&
      Date.now() - touchedAt > STILL_MS &&
      document.querySelector(editing) === null;
    const look = async () => {
      if (Date.now() - readAt < everyMs || !isStill()) return;
      readAt = Date.now();
      const answer = await fetch("/health/", { cache: "no-store" }).catch(() => null);
      if (answer?.ok && isStill()) router.refresh();
    };
    const timer = setInterval(look, LOOK_MS);
    const hands = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"] as const;
    for (const hand of hands) addEventListener(hand, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const hand of hands) removeEventListener(hand, touch);
    };
  }, [everyMs, router]);
  return null;
}
