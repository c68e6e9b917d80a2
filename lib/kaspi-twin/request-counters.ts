import type { Endpoint } from "@/lib/kaspi-twin/endpoints";

export type RequestCount = { total: number; byStatus: Record<string, number> };

/** How often each endpoint was called, and what it answered. A reset connection counts as 0. */
export class RequestCounters {
  readonly #counts = new Map<Endpoint, RequestCount>();

  add(endpoint: Endpoint, status: number): void {
    const count = this.#counts.get(endpoint) ?? { total: 0, byStatus: {} };
    count.total += 1;
    count.byStatus[status] = (count.byStatus[status] ?? 0) + 1;
    this.#counts.set(endpoint, count);
  }

  all(): Partial<Record<Endpoint, RequestCount>> {
    return Object.fromEntries(this.#counts);
  }

  forget(): void {
    this.#counts.clear();
  }
}
