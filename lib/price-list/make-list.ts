import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { wallClock } from "@/lib/i18n/dates";
import { cityIds } from "@/lib/kaspi/city-ids";
import type { Store } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import { getWorkspace } from "@/lib/workspace/queries";
import { fileFinding, offerDoubt, offerFinding } from "./finding-rules";
import { type Allowed, judgeLeaving } from "./gate-rules";
import {
  type AllowedRow,
  allowedPrices,
  goodsOnSale,
  pointsOf,
  pricesUnderWay,
  type UnderWayRow,
} from "./goods-queries";
import { listedOffer } from "./list-rules";
import type { ListFinding } from "./model";
import { type ValidatedList, validateXml } from "./validate-xml";
import { keepVersion, type ListVersion, listPrices, type NewVersion } from "./version-queries";
import { XML_FOOT, xmlHead, xmlOffer } from "./write-xml";

const pack = promisify(gzip);

/** Why a list is made, and by whom; `by` null: by the system. */
export type Making = Pick<NewVersion, "why" | "rollsBackTo"> & { by: string | null };

/**
 * Makes the store's full price list of this moment and keeps it as a version, unless the newest one says
 * the same. Everything that Kaspi sells of the store is in it, with the prices Kaspi shows or those that have
 * passed the exit gate and are under way; what was made is read again as a file and judged by Kaspi's rules
 * and by a gate of its own. A version with errors must not leave. Prices that wait for the feed wait in it from
 * now on.
 */
export function makeList(
  access: Pick<KaspiAccess, "db" | "clock">,
  store: Pick<Store, "id" | "name" | "merchantId">,
  making: Making,
): Promise<ListVersion> {
  return withStoreLock(store.id, "list", async () => {
    const madeAt = access.clock();
    const { timeZone } = await getWorkspace(access.db);
    const date = wallClock(madeAt, timeZone).slice(0, 16);
    const made = await access.db.transaction((tx) => compose(tx, store, date), {
      isolationLevel: "repeatable read",
      accessMode: "read only",
    });
    const { by, ...about } = making;
    const { errors, warnings } = made.validated.findings;
    const version: NewVersion = {
      ...{ ...about, storeId: store.id, madeAt, madeBy: by },
      ...{ offers: made.offers, errors, warnings, findings: made.validated.findings.first() },
      ...{ hash: made.hash, xml: await pack(made.xml), bytes: made.xml.byteLength },
    };
    return access.db.transaction(async (tx) => {
      const kept = await keepVersion(tx, version);
      if (errors === 0) await listPrices(tx, made.waiting, kept.id, madeAt);
      return kept;
    });
  });
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
  { id, name, merchantId }: Pick<Store, "id" | "name" | "merchantId">,
  date: string,
): Promise<Composed> {
  const underWay = byProduct(await pricesUnderWay(tx, id));
  const hash = createHash("sha256");
  const parts = [Buffer.from(xmlHead({ company: name, merchantId, date }))];
  const doubts: ListFinding[] = [];
  const faulty = new Set<string>();
  const waiting: string[] = [];
  let row = 0;
  for await (const batch of goodsOnSale(tx, id)) {
    const lines: string[] = [];
    for (const goods of batch) {
      const prices = (underWay.get(goods.id) ?? []).filter((one) => !one.waits || one.isStillGood);
      const listed = listedOffer(goods, { underWay: prices, kept: goods.stocks });
      if (listed.kind === "fault") {
        doubts.push({ ...offerFinding({ row: 0, sku: goods.sku }, listed.key), row: null });
        faulty.add(goods.sku);
        continue;
      }
      row += 1;
      lines.push(xmlOffer(listed.offer));
      waiting.push(...prices.filter(({ waits }) => waits).map((one) => one.id));
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
  const points = await pointsOf(tx, id);
  const context = { merchantId, points: points.size > 0 ? points : null, cities: cityIds };
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
