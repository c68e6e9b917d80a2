import { cpuOf } from "./processes";

/** Milliseconds of the wall clock and of CPU: ours, Postgres's and the training Kaspi's. */
export type Spent = { wall: number; own: number; postgres: number; twin: number };

/** Measures what `work` costs everybody who has a part in it. */
export async function timed<Result>(
  { postgres, twin }: { postgres: number; twin: number },
  work: () => Promise<Result>,
): Promise<Spent & { result: Result }> {
  const others = () => ({ postgres: cpuOf(postgres), twin: cpuOf(twin) });
  const before = others();
  // To look at others costs milliseconds of our own; to ask for our own costs nothing.
  const ownBefore = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(ownBefore);
  const after = others();
  return {
    result,
    wall,
    own: (user + system) / 1000,
    postgres: after.postgres - before.postgres,
    twin: after.twin - before.twin,
  };
}

/** The middle one of several, so that one disturbed round does not decide. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
