"use client";

import { useEffect, useEffectEvent } from "react";
import { databaseAnswers } from "./database-answers";

const LOOK_MS = 3_000;
/** A server that has just come back may fail once or twice more. */
const UNSTEADY_MS = 60_000;

// Outlives the error: what is tried again and fails again is another one.
let lastAwayAt = Number.NEGATIVE_INFINITY;

/** Tries again by itself after an outage; a failure of our own is left to the person. */
export function useRetryWhenBack(retry: () => void): void {
  const tryAgain = useEffectEvent(retry);
  useEffect(() => {
    const look = async () => {
      if (!(await databaseAnswers())) lastAwayAt = Date.now();
      else if (Date.now() - lastAwayAt < UNSTEADY_MS) tryAgain();
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
}
