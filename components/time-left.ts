/** Time left at the pace so far; null until the pace means something. */
export function timeLeft(done: number, total: number, elapsedMs: number): number | null {
  if (done <= 0 || elapsedMs < 3_000 || done / total < 0.02) return null;
  return ((total - done) * elapsedMs) / done;
}
