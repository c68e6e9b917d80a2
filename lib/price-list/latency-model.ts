/** Minutes up to which a bar of the histogram counts; one more is for all that take longer. */
export const LATENCY_BARS = [15, 30, 45, 60, 90, 120] as const;
