import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import type { Selection } from "@/lib/repricing/bulk/bulk-model";
import { selectedProducts } from "@/lib/repricing/bulk/bulk-queries";
import { writableStore } from "@/lib/stores/queries";
import {
  type CandidateRow,
  candidates,
  insertPreorders,
  type NewPreorder,
  openPoints,
} from "./change-queries";
import { type LeftOut, MOST_AT_ONCE, type PointQuantity, type PreorderPreview } from "./model";
import { leftOut } from "./rules";

const NAMES_SHOWN = 3;

/** What all chosen products get. `price`: of one product, or of those Kaspi shows none of, ₸. */
export type PreorderTerms = {
  storeId: string;
  leadDays: number;
  points: readonly PointQuantity[];
  price: Tenge | null;
};

async function chosen(
  tx: Tx,
  caller: Caller,
  selection: Selection,
  now: Date,
): Promise<CandidateRow[]> {
  const ids: string[] = [];
  for await (const batch of selectedProducts(tx, caller, selection, now)) {
    ids.push(...batch.map(({ id }) => id));
    if (ids.length > MOST_AT_ONCE)
      throw new AppError("invalid", "preorders_too_many", { params: { most: MOST_AT_ONCE } });
  }
  return candidates(tx, caller, ids);
}

/**
 * How many of the chosen products would get a preorder, and which not and why; of which stores they are, and
 * the points of the named one, or of that of most of them. Throws `not_found`, `forbidden`, and `invalid` for
 * more than 500.
 */
export async function previewPreorders(
  tx: Tx,
  caller: Caller,
  {
    selection,
    storeId,
    price,
  }: { selection: Selection; storeId: string | null; price: Tenge | null },
  now: Date,
): Promise<PreorderPreview> {
  const rows = await chosen(tx, caller, selection, now);
  const stores = countStores(rows);
  const meant = storeId ?? stores[0]?.id;
  if (meant === undefined) throw new AppError("not_found", "product_not_found");
  await writableStore(tx, caller, meant, "change_price");
  const left = new Map<LeftOut, string[]>();
  let makes = 0;
  for (const row of rows) {
    const why = leftOut(row, { storeId: meant, price });
    if (why === null) makes += 1;
    else left.set(why, [...(left.get(why) ?? []), row.name]);
  }
  return {
    stores,
    storeId: meant,
    points: stores.some(({ id }) => id === meant) ? await openPoints(tx, meant) : [],
    makes,
    left: [...left].map(([why, names]) => ({
      why,
      count: names.length,
      names: names.slice(0, NAMES_SHOWN),
    })),
  };
}

/** The store of most of them first. */
function countStores(rows: readonly CandidateRow[]): PreorderPreview["stores"] {
  const stores = new Map<string, { id: string; name: string; count: number }>();
  for (const { storeId: id, storeName: name } of rows) {
    const store = stores.get(id) ?? { id, name, count: 0 };
    stores.set(id, { ...store, count: store.count + 1 });
  }
  return [...stores.values()].sort((one, other) => other.count - one.count);
}

/**
 * Makes a draft for each chosen product that may have one; the others are left out. Returns the new ids.
 * Throws `not_found`, `forbidden`, and `invalid` for points the store has not, or when none is left.
 */
export async function createPreorders(
  db: Tx,
  caller: Caller,
  { selection, ...terms }: PreorderTerms & { selection: Selection },
  now: Date,
): Promise<string[]> {
  return db.transaction(async (tx) => {
    await writableStore(tx, caller, terms.storeId, "change_price");
    const rows = await chosen(tx, caller, selection, now);
    const fit = rows.filter((row) => leftOut(row, terms) === null);
    if (fit.length === 0) throw new AppError("invalid", "preorders_none_left");
    const priced = fit.map((row) => ({
      ...row,
      price: row.price ?? terms.price,
      priceTyped: row.price === null,
    }));
    return insertDrafts(tx, caller, { ...terms, rows: priced }, now);
  });
}

/** The rest of what a preorder says of its product; what is absent is the product's own. */
type Named = { name?: string | undefined; brand?: string | null | undefined };

/**
 * Makes a draft for one product. Throws `not_found`, `forbidden`, `conflict` (409) when it has one that is
 * open, and `invalid` for what else speaks against it.
 */
export async function createPreorder(
  db: Tx,
  caller: Caller,
  { productId, ...given }: PreorderTerms & Named & { productId: string },
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const [row] = await candidates(tx, caller, [productId]);
    if (!row) throw new AppError("not_found", "product_not_found");
    const why = leftOut(row, given);
    if (why) throw refused(why);
    const price = given.price ?? row.price;
    const priced = { ...row, price, priceTyped: given.price !== null };
    const [id] = await insertDrafts(tx, caller, { ...given, rows: [priced] }, now);
    if (id === undefined) throw refused("has_open");
    return id;
  });
}

function refused(why: LeftOut): AppError {
  switch (why) {
    case "read_only":
      return new AppError("forbidden");
    case "other_store":
      return new AppError("not_found", "product_not_found");
    case "has_open":
      return new AppError("conflict", "preorder_exists");
    case "gone":
      return new AppError("invalid", "preorder_product_gone");
    case "no_price":
      return new AppError("invalid", "preorder_no_price");
    case "price_below_minimum":
      return new AppError("invalid", "price_below_minimum");
  }
}

type Drafts = Omit<PreorderTerms, "price"> & Named & { rows: readonly PricedRow[] };
type PricedRow = CandidateRow & { priceTyped: boolean };

async function insertDrafts(tx: Tx, caller: Caller, drafts: Drafts, now: Date): Promise<string[]> {
  const { storeId, leadDays, rows, name, brand } = drafts;
  const points = await knownPoints(tx, storeId, drafts.points);
  const made = await insertPreorders(
    tx,
    rows.map(
      (row): NewPreorder => ({
        ...{ storeId, productId: row.id, article: row.sku, leadDays, points },
        ...{ name: name ?? row.name, brand: brand === undefined ? row.brand : brand },
        ...{ price: priceOf(row), priceTyped: row.priceTyped },
        ...{ createdBy: caller.id, createdAt: now, updatedAt: now },
      }),
    ),
  );
  const entry = { at: now, userId: caller.id, storeId, action: "product.preorder_made" } as const;
  const details = { leadDays, points };
  await audit(tx, ...made.map(({ productId }) => ({ ...entry, subjectId: productId, details })));
  return made.map(({ id }) => id);
}

function priceOf({ price }: CandidateRow): Tenge {
  if (price === null) throw new AppError("invalid", "preorder_no_price");
  return price;
}

/** Throws `invalid` for a point that is not among the store's open ones. */
export async function knownPoints(
  tx: Tx,
  storeId: string,
  points: readonly PointQuantity[],
): Promise<PointQuantity[]> {
  const known = new Set((await openPoints(tx, storeId)).map(({ pointId }) => pointId));
  const wanted = points.filter(({ quantity }) => quantity > 0);
  if (wanted.length === 0)
    throw new AppError("invalid", "preorder_no_points", {
      details: [{ path: "points", message: "preorder_no_points" }],
    });
  for (const { pointId } of wanted)
    if (!known.has(pointId))
      throw new AppError("invalid", "preorder_point_unknown", { params: { point: pointId } });
  return [...wanted];
}
