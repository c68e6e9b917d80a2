import { vi } from "vitest";
import { log } from "@/lib/log";

/** What came of it, and what a door took for a surprise meanwhile, in its own words. */
export async function surprises<T>(work: () => Promise<T>): Promise<{ result: T; told: string[] }> {
  const told: string[] = [];
  const error = vi.spyOn(log, "error").mockImplementation((first: unknown) => {
    const { err } = first as { err?: Error };
    told.push(String(err?.cause ?? err));
  });
  const result = await work().finally(() => error.mockRestore());
  return { result, told };
}
