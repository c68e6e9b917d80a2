import { sleep } from "@/lib/core/time";

const TIMES = 5;

/** A clock that several processes share and that goes faster than the machine's, from a moment on. */
export const quickened = (began: number) => {
  const clock = () => new Date(began + (Date.now() - began) * TIMES);
  return {
    clock,
    now: () => clock().getTime(),
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms / TIMES, signal),
  };
};
