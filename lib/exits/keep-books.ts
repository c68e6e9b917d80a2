import { log } from "@/lib/log";

/**
 * Notes what became of a call: figures, circuits, channels. What goes wrong with that is logged, and
 * never takes the place of what Kaspi answered.
 */
export async function keepBooks(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error }, "a call to Kaspi was not noted");
  }
}
