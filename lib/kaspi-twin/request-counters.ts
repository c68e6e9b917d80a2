import type { Endpoint } from "@/lib/kaspi-twin/endpoints";
import { header, type TwinRequest } from "@/lib/kaspi-twin/http";

export type RequestCount = { total: number; byStatus: Record<string, number> };

/** So many of the latest calls at least can be looked through. */
const REMEMBERED = 1_000;

/** How often each endpoint was called, and what it answered. A reset connection counts as 0. */
export class RequestCounters {
  readonly #counts = new Map<Endpoint, RequestCount>();
  readonly #visitors = new Map<string, number>();
  #latest: { endpoint: Endpoint; words: string }[] = [];

  add(endpoint: Endpoint, status: number, request: TwinRequest): void {
    const visitor = `${endpoint} ${request.ip} ${header(request, "user-agent")}`;
    this.#visitors.set(visitor, (this.#visitors.get(visitor) ?? 0) + 1);
    const words = `${request.path} ${request.query} ${request.body}`;
    this.#latest.push({ endpoint, words });
    if (this.#latest.length > 2 * REMEMBERED) this.#latest = this.#latest.slice(-REMEMBERED);
    const count = this.#counts.get(endpoint) ?? { total: 0, byStatus: {} };
    count.total += 1;
    count.byStatus[status] = (count.byStatus[status] ?? 0) + 1;
    this.#counts.set(endpoint, count);
  }

  all(): Partial<Record<Endpoint, RequestCount>> {
    return Object.fromEntries(this.#counts);
  }

  /** How often each browser asked, by endpoint, address and what it calls itself. */
  visitors(): Record<string, number> {
    return Object.fromEntries(this.#visitors);
  }

  /** What was asked with this text in its address or body: the id of a merchant or of a card. */
  about(text: string): Endpoint[] {
    return this.#latest.filter(({ words }) => words.includes(text)).map(({ endpoint }) => endpoint);
  }

  forget(): void {
    this.#latest = [];
    this.#visitors.clear();
    this.#counts.clear();
  }
}
