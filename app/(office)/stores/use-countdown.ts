"use client";

import { useEffect, useState } from "react";

/** Seconds left of a wait that began with `wait` (a new object starts it again); 0 when it is over. */
export function useCountdown(wait: { ms: number } | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (wait === null) return setLeft(0);
    const end = Date.now() + wait.ms;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [wait]);
  return left;
}

/** `4:32`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
