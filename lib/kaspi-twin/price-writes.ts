import { HOUR } from "@/lib/core/time";
import { applyWrite } from "@/lib/kaspi-twin/apply-write";
import type { FaultSwitches } from "@/lib/kaspi-twin/faults";
import { findMerchant } from "@/lib/kaspi-twin/merchants";
import { hex } from "@/lib/kaspi-twin/seeded";
import type { Shelves } from "@/lib/kaspi-twin/shelves";
import type { WriteItem } from "@/lib/kaspi-twin/write-body";

/** One write as it came in, and what became of it. */
export type WriteRecord = {
  id: string | null;
  /** Milliseconds on the twin's clock. */
  at: number;
  email: string;
  endpoint: "process" | "process_batch";
  merchantUid: string | null;
  sku: string | null;
  body: unknown;
  status: number;
  outcome: "pending" | "applied" | "ignored" | "refused";
  why: string | null;
  appliesAt: number | null;
};

type Waiting = { record: WriteRecord; item: WriteItem; appliesAt: number; lost: boolean };
export type SavedWrites = { count: number; log: WriteRecord[]; waiting: Waiting[] };

const KEPT_RECORDS = 5_000;
/** The cabinet promises an hour and usually takes seconds. */
const PROMISE = HOUR;

/** Accepts writes at once and applies them later, on the twin's clock, when somebody looks. */
export class PriceWrites {
  #log: WriteRecord[] = [];
  #waiting: Waiting[] = [];
  #count = 0;

  constructor(
    readonly seed: string,
    readonly shelves: Shelves,
    readonly faults: FaultSwitches,
    readonly changed: () => void,
  ) {}

  refuse(record: Omit<WriteRecord, "id" | "outcome" | "appliesAt">): void {
    this.#remember({ ...record, id: null, outcome: "refused", appliesAt: null });
  }

  /** Returns the process id. */
  accept(
    items: WriteItem[],
    from: { at: number; email: string; endpoint: WriteRecord["endpoint"]; delay: number },
  ): string {
    this.#count += 1;
    const id = hex(24, this.seed, "write", this.#count);
    for (const item of items) {
      const { merchantUid, sku } = item;
      const { at, email, endpoint } = from;
      const occasion = { endpoint, merchantUid, sku };
      const appliesAt = at + (this.faults.strikes("write_delay", occasion)?.ms ?? from.delay);
      const record: WriteRecord = {
        ...{ id, at, email, endpoint, merchantUid, sku, appliesAt },
        ...{ body: item, status: 200, outcome: "pending", why: null },
      };
      const lost = this.faults.strikes("write_lost", occasion) !== null;
      this.#remember(record);
      this.#waiting.push({ record, item, appliesAt, lost });
    }
    return id;
  }

  /** Applies what is due, in the order of its time. */
  settle(now: number): void {
    const due = this.#waiting.filter((one) => one.appliesAt <= now);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => one.appliesAt > now);
    for (const one of due.sort((a, b) => a.appliesAt - b.appliesAt)) this.#apply(one);
    this.changed();
  }

  /** By when Kaspi promises the change that this offer waits for; null when it waits for none. */
  promisedBy(merchantUid: string, sku: string): number | null {
    const found = this.#waiting.findLast(
      ({ item }) => item.sku === sku && item.merchantUid === merchantUid,
    );
    return found ? found.record.at + PROMISE : null;
  }

  log(): readonly WriteRecord[] {
    return this.#log;
  }

  forget(): void {
    this.#log = this.#log.filter((record) => record.outcome === "pending");
  }

  save(): SavedWrites {
    return { count: this.#count, log: this.#log.slice(-500), waiting: this.#waiting };
  }

  restore({ count, log, waiting }: SavedWrites): void {
    this.#count = count;
    this.#log = log.filter((record) => record.outcome !== "pending");
    this.#waiting = waiting;
    for (const { record } of waiting) this.#remember(record);
  }

  #apply(waiting: Waiting): void {
    const { record } = waiting;
    record.why = this.#hindrance(waiting);
    record.outcome = record.why === null ? "applied" : "ignored";
  }

  /** Changes the offer, or says why it did not. */
  #hindrance({ record, item, appliesAt, lost }: Waiting): string | null {
    const merchant = findMerchant(item.merchantUid);
    const offer = merchant && this.shelves.find(merchant, item.sku);
    if (lost || !merchant || !offer) return "lost";
    const occasion = { endpoint: record.endpoint, sku: item.sku, merchantUid: item.merchantUid };
    const result = applyWrite(offer.state, item, {
      merchant,
      title: offer.card.title,
      email: record.email,
      now: appliesAt,
      stockCountDelists: this.faults.strikes("stock_count_delists", occasion) !== null,
    });
    if ("ignored" in result) return result.ignored;
    this.shelves.put(offer, result.state, appliesAt);
    return null;
  }

  #remember(record: WriteRecord): void {
    this.#log.push(record);
    if (this.#log.length > KEPT_RECORDS) this.#log.splice(0, this.#log.length - KEPT_RECORDS);
    this.changed();
  }
}
