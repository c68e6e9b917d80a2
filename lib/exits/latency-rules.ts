/** Upper bounds of the latency buckets, milliseconds; the last bucket has none. */
export const bounds = [
  50, 100, 150, 200, 300, 400, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000,
] as const;

export const bucketCount = bounds.length + 1;

export const noLatencies = (): number[] => new Array<number>(bucketCount).fill(0);

export function bucketOf(ms: number): number {
  const found = bounds.findIndex((bound) => ms <= bound);
  return found === -1 ? bounds.length : found;
}

/** The latency that this share of the answers kept to, as its bucket's bound; null without answers. */
export function percentile(latencies: readonly number[], share: number): number | null {
  const total = latencies.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [nth, count] of latencies.entries()) {
    seen += count;
    if (seen >= total * share) return bounds[nth] ?? 30_000;
  }
  return 30_000;
}
