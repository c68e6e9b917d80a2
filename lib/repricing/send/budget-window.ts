import { MINUTE } from "@/lib/core/time";
import { LONGEST_EXCHANGE_MS } from "@/lib/kaspi/deadline";

/**
 * How long a change counts in its login's budget. Kaspi counts arrivals and we count departures: one that
 * took its time is still in Kaspi's window when it has left ours.
 */
export const budgetWindowMs = (minutes: number): number => minutes * MINUTE + LONGEST_EXCHANGE_MS;
