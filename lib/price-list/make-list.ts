import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { AppError } from "@/lib/core/errors";
import { inTurns } from "@/lib/core/in-turns";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { wallClock } from "@/lib/i18n/dates";
import { cityIds } from "@/lib/kaspi/city-ids";
import type { Store } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import { getWorkspace } from "@/lib/workspace/queries";
import { chooseVersion, lockFeed } from "./feed-queries";
import { fileFinding, offerDoubt, offerFinding } from "./finding-rules";
import { type Allowed, judgeLeaving } from "./gate-rules";
import {
  type AllowedRow,
  allowedPrices,
  goodsOnSale,
  pricesUnderWay,
  stocksTold,
  type UnderWayRow,
} from "./goods-queries";
import { keptNow, listedOffer } from "./list-rules";
import type { ListFinding } from "./model";
import { type ValidatedList, validateXml } from "./validate-xml";
import { keepVersion, type ListVersion, listPrices, type NewVersion } from "./version-queries";
import { XML_FOOT, xmlHead, xmlOffer } from "./write-xml";

const pack = promisify(gzip);

/** Why a list is made, and by whom; `by` null: by the system. */
export type Making = Pick<NewVersion, "why"> & { by: string | null };

/** A list of 50,000 offers takes a hundred megabytes while it is made. */
const inTurn = inTurns("price-lists-made", { most: 1 });
/** Prices may be taken out of the list while it is made. */
const MOST_TRIES = 3;

/**
 * Makes the store's full price list of this moment and keeps it as a version, unless the newest one says
 * the same. Everything that Kaspi sells of the store is in it, with the prices Kaspi shows or those that have
 * passed the exit gate and are under way; what was made is read again as a file and judged by Kaspi's rules
 * and by a gate of its own. A version with errors must not leave. Made for the feed it carries the prices that
 * wait for it, and is the one to be served. Throws `unavailable` where prices do not come to rest.
 */
export function makeList(
  access: Pick<KaspiAccess, "db" | "clock">,
  store: ListedStore,
  making: Making,
): Promise<ListVersion> {
  const work = () => withStoreLock(store.id, "list", () => makeAtRest(access, store, making));
  return inTurn("list", work);
}

type ListedStore = Pick<Store, "id" | "name" | "merchantId">;

async function makeAtRest(
  access: Pick<KaspiAccess, "db" | "clock">,
  store: ListedStore,
  making: Making,
): Promise<ListVersion> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const version = await makeOnce(access, store, making);
    if (version) return version;
  }
  throw new AppError("unavailable", "list_changing");
}

/** Null: a price that is in it was taken out meanwhile. */
async function makeOnce(
  { db, clock }: Pick<KaspiAccess, "db" | "clock">,
  store: ListedStore,
  { why, by }: Making,
): Promise<ListVersion | null> {
  const madeAt = clock();
  const { timeZone } = await getWorkspace(db);
  const about = { date: wallClock(madeAt, timeZone).slice(0, 16), now: madeAt, why };
  const made = await db.transaction((tx) => compose(tx, store, about), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  const { errors, warnings } = made.validated.findings;
  const version: NewVersion = {
    ...{ why, storeId: store.id, madeAt, madeBy: by },
    ...{ offers: made.offers, errors, warnings, findings: made.validated.findings.first() },
    ...{ hash: made.hash, xml: await pack(made.xml), bytes: made.xml.byteLength },
  };
  const kept = db.transaction(async (tx) => {
    if (why !== "feed") return keepVersion(tx, version);
    await lockFeed(tx, store.id);
    const next = await keepVersion(tx, version);
    const listed = errors === 0 ? await listPrices(tx, made.waiting, next.id, madeAt) : 0;
    if (errors === 0 && listed < made.waiting.length) throw new TakenOut();
    await chooseVersion(tx, store.id, next.id);
    return next;
  });
  return kept.catch((error) => {
    if (error instanceof TakenOut) return null;
    throw error;
  });
}

/** Rolls the keeping of a version back. */
class TakenOut extends Error {
  override name = "TakenOut";
}

type Composed = {
  xml: Buffer;
  offers: number;
  hash: string;
  /** The prices in it that wait to be fetched. */
  waiting: string[];
  validated: ValidatedList;
};

/** One moment of the database as a file, and what is wrong with it. */
async function compose(
  tx: Tx,
  { id, name, merchantId }: ListedStore,
  { date, now, why }: { date: string; now: Date; why: Making["why"] },
): Promise<Composed> {
  const isIn = ({ waits, isStillGood }: UnderWayRow) => !waits || (why === "feed" && isStillGood);
  const underWay = byProduct((await pricesUnderWay(tx, id, now)).filter(isIn));
  const told = await stocksTold(tx, id);
  const hash = createHash("sha256");
  const parts = [Buffer.from(xmlHead({ company: name, merchantId, date }))];
  const doubts: ListFinding[] = [];
  const faulty = new Set<string>();
  const waiting: string[] = [];
  let row = 0;
  for await (const batch of goodsOnSale(tx, id)) {
    const lines: string[] = [];
    for (const goods of batch) {
      const prices = underWay.get(goods.id) ?? [];
      const kept = keptNow(goods.stocks, told);
      const listed = listedOffer(goods, { underWay: prices, kept });
      if (listed.kind === "fault") {
        doubts.push({ ...offerFinding({ row: 0, sku: goods.sku }, listed.key), row: null });
        faulty.add(goods.sku);
        continue;
      }
      row += 1;
      lines.push(xmlOffer(listed.offer));
      waiting.push(...prices.filter(({ waits }) => waits).map((one) => one.id));
      if (listed.excess)
        doubts.push(offerDoubt({ row, sku: goods.sku }, "count_differs", listed.excess));
      if (listed.isCountLost) doubts.push(offerDoubt({ row, sku: goods.sku }, "count_not_kept"));
    }
    const part = Buffer.from(lines.join(""));
    hash.update(part);
    parts.push(part);
  }
  const xml = Buffer.concat([...parts, Buffer.from(XML_FOOT)]);
  const validated = await judge(tx, { id, merchantId }, xml, faulty);
  validated.findings.add(...doubts);
  return { xml, offers: row, hash: hash.digest("hex"), waiting, validated };
}

function byProduct(rows: readonly UnderWayRow[]): ReadonlyMap<string, UnderWayRow[]> {
  const found = new Map<string, UnderWayRow[]>();
  for (const row of rows) found.set(row.productId, [...(found.get(row.productId) ?? []), row]);
  return found;
}

/** The finished file by Kaspi's rules and by the gate: whole, and with no price that may not leave. */
async function judge(
  tx: Tx,
  { id, merchantId }: Pick<Store, "id" | "merchantId">,
  xml: Buffer,
  faulty: ReadonlySet<string>,
): Promise<ValidatedList> {
  const allowed = new Map((await allowedPrices(tx, id)).map((row) => [row.sku, allowedOf(row)]));
  // Points are Kaspi's own word of each offer: one that was opened since they were last read is no stranger.
  const context = { merchantId, points: null, cities: cityIds };
  const left = new Set([...allowed.keys()].filter((sku) => !faulty.has(sku)));
  const refused: ListFinding[] = [];
  const validated = await validateXml(xml, context, (offer, row) => {
    refused.push(...judgeLeaving(offer, row, allowed.get(offer.sku)));
    left.delete(offer.sku);
  });
  validated.findings.add(...refused);
  for (const sku of left) validated.findings.add({ ...fileFinding("left_out"), sku });
  return validated;
}

function allowedOf({ shown, common, byCity }: AllowedRow): Allowed {
  return {
    common: byCity === null && shown !== null ? [shown, ...common] : common,
    cities: new Map(Object.entries(byCity ?? {})),
  };
}
