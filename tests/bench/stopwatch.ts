import { cpuOf } from "./processes";

/** Milliseconds of the wall clock and of CPU: ours, Postgres's and the training Kaspi's. */
export type Spent = { wall: number; own: number; postgres: number; twin: number };

/** Measures what `work` costs everybody who has a part in it. */
export async function timed<Result>(
  { postgres, twin }: { postgres: number; twin: number },
  work: () => Promise<Result>,
): Promise<Spent & { result: Result }> {
  const others = () => ({ postgres: cpuOf(postgres), twin: cpuOf(twin) });
  // To look costs milliseconds of our own, so we are the last that is looked at before and the first after.
  const before = others();
  const ownBefore = cpuOf(process.pid);
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const family = cpuOf(process.pid) - ownBefore;
  const after = others();
  // The training Kaspi is a child of ours; its work is its own.
  const spent = after.twin - before.twin;
  return {
    result,
    wall,
    own: family - spent,
    postgres: after.postgres - before.postgres,
    twin: spent,
  };
}

/** The middle one of several, so that one disturbed round does not decide. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
