"use client";

import { useEffect } from "react";
import { databaseAnswers } from "./database-answers";

const LOOK_MS = 3_000;

/** Tries again by itself when an outage is over; a failure of our own is left to the person. */
export function useRetryWhenBack(retry: () => void): void {
  useEffect(() => {
    let wasAway = false;
    const look = async () => {
      const isThere = await databaseAnswers();
      if (isThere && wasAway) retry();
      wasAway = !isThere;
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [retry]);
}
