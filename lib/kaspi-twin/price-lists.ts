import { MINUTE } from "@/lib/core/time";
import type { FaultSwitches } from "@/lib/kaspi-twin/faults";
import { removed } from "@/lib/kaspi-twin/first-state";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import { type OfferState, sellingPoints } from "@/lib/kaspi-twin/offer-state";
import { type FileOffer, readFile } from "@/lib/kaspi-twin/price-list-xml";
import { hex } from "@/lib/kaspi-twin/seeded";
import type { ShelfOffer, Shelves } from "@/lib/kaspi-twin/shelves";
import { localDate } from "@/lib/kaspi-twin/wire-dates";

/** A price list that came, uploaded or fetched, and what became of it. */
export type ListFile = {
  id: string;
  merchantUid: string;
  by: string;
  /** Milliseconds of the twin's clock. */
  at: number;
  appliesAt: number;
  /** FLUSHED is Kaspi's own word for done; the others are guesses, nobody has recorded them. */
  status: "UPLOADED" | "FLUSHED" | "REJECTED";
  /** Why nothing of it counted. */
  refused: string | null;
  applied: number;
  /** Articles that no card is known for. */
  unrecognised: string[];
  /** Goods that were on sale and were not in the file. */
  takenOff: string[];
};

/** A file takes minutes (protocol C5). */
const PROCESSING = 5 * MINUTE;
const KEPT = 50;

/** Files wait, and then are the whole assortment: what is not in one leaves sale (protocol D1). */
export class PriceLists {
  readonly #files: ListFile[] = [];
  readonly #bodies = new Map<string, { xml: string; merchant: Merchant }>();
  #count = 0;

  constructor(
    readonly seed: string,
    readonly shelves: Shelves,
    readonly faults: FaultSwitches,
    readonly changed: () => void,
  ) {}

  /** The merchant's file that is still being worked on. */
  unfinished(merchantUid: string): ListFile | null {
    const found = this.#files.findLast((file) => file.merchantUid === merchantUid);
    return found?.status === "UPLOADED" ? found : null;
  }

  last(merchantUid: string): ListFile | null {
    return this.#files.findLast((file) => file.merchantUid === merchantUid) ?? null;
  }

  find(id: string): ListFile | null {
    return this.#files.find((file) => file.id === id) ?? null;
  }

  log(): readonly ListFile[] {
    return this.#files;
  }

  receive(merchant: Merchant, xml: string, { by, at }: { by: string; at: number }): ListFile {
    this.#count += 1;
    const occasion = { endpoint: "list_upload", merchantUid: merchant.uid } as const;
    const delay = this.faults.strikes("file_delay", occasion)?.ms ?? PROCESSING;
    const file: ListFile = {
      ...{ id: hex(24, this.seed, "file", this.#count), merchantUid: merchant.uid, by, at },
      ...{ appliesAt: at + delay, status: "UPLOADED", refused: null, applied: 0 },
      ...{ unrecognised: [], takenOff: [] },
    };
    this.#files.push(file);
    this.#files.splice(0, this.#files.length - KEPT);
    this.#bodies.set(file.id, { xml, merchant });
    this.changed();
    return file;
  }

  settle(now: number): void {
    for (const file of this.#files) {
      const body = this.#bodies.get(file.id);
      if (!body || file.appliesAt > now) continue;
      this.#bodies.delete(file.id);
      this.#apply(file, body);
      this.changed();
    }
  }

  #apply(file: ListFile, { xml, merchant }: { xml: string; merchant: Merchant }): void {
    const content = readFile(xml, merchant);
    if ("refused" in content) {
      file.status = "REJECTED";
      file.refused = content.refused;
      return;
    }
    const now = file.appliesAt;
    const named = new Set<string>();
    for (const one of content.offers) {
      const offer = this.shelves.find(merchant, one.sku);
      if (!offer) file.unrecognised.push(one.sku);
      else this.#put(offer, stateBy(offer.state, one, { by: file.by, now }), now);
      named.add(one.sku);
    }
    file.applied = content.offers.length - file.unrecognised.length;
    for (const index of [...this.shelves.indexes(merchant, true)]) {
      const offer = this.shelves.offer(merchant, index);
      if (named.has(offer.sku)) continue;
      this.#put(offer, removed(offer.state, now), now);
      file.takenOff.push(offer.sku);
    }
    file.status = "FLUSHED";
  }

  /** A file that says what is there already changes nothing, and is remembered by no row. */
  #put(offer: ShelfOffer, state: OfferState, now: number): void {
    const kept = ({ updates: _, updatedAt: __, ...rest }: OfferState) => JSON.stringify(rest);
    if (kept(state) !== kept(offer.state)) this.shelves.put(offer, state, now);
  }
}

function stateBy(
  before: OfferState,
  { price, cityPrices, points, model, brand }: FileOffer,
  { by, now }: { by: string; now: number },
): OfferState {
  const update = { operationType: "PRICE_CHANGE", uploadedBy: by, uploadedDate: localDate(now) };
  const placed = { ...before, price, cityPrices, points, updatedAt: now };
  const known = { model: before.model ?? model, brand: before.brand ?? brand };
  const updates = [...before.updates, update].slice(-10);
  if (sellingPoints(placed).length === 0) return removed({ ...placed, updates }, now);
  return { ...placed, ...known, updates, onSale: true, archivedAt: null, errorCode: null };
}
