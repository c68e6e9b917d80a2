import { cpuOf } from "./processes";

/** Milliseconds of the wall clock and of CPU: ours, Postgres's and the training Kaspi's. */
export type Spent = { wall: number; own: number; postgres: number; twin: number };

/** Measures what `work` costs everybody who has a part in it. */
export async function timed<Result>(
  { postgres, twin }: { postgres: number; twin: number },
  work: () => Promise<Result>,
): Promise<Spent & { result: Result }> {
  const now = () => ({
    wall: performance.now(),
    // The training Kaspi is a child of ours; its work is its own.
    own: cpuOf(process.pid) - cpuOf(twin),
    postgres: cpuOf(postgres),
    twin: cpuOf(twin),
  });
  const before = now();
  const result = await work();
  const after = now();
  return {
    result,
    wall: after.wall - before.wall,
    own: after.own - before.own,
    postgres: after.postgres - before.postgres,
    twin: after.twin - before.twin,
  };
}

/** The middle one of several, so that one disturbed round does not decide. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
