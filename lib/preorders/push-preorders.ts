import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { openRun } from "@/lib/runs/queries";
import { writableStore } from "@/lib/stores/queries";
import { askPriceOrSay } from "./ask-price";
import { countSendable, lockSendable, setPreorder, storesOfPreorders } from "./change-queries";
import { MOST_AT_ONCE, type Preorder } from "./model";
import { reportRun } from "./report-run";

/**
 * `refused`: those whose price may not be asked for, with the key of the reason; `left`: how many more there
 * are to send than go in one request.
 */
export type Pushed = {
  runId: string;
  asked: number;
  refused: { id: string; why: string }[];
  left: number;
};

type Wanted = {
  storeId: string;
  /** Null: all of the store that are not at Kaspi yet. */
  ids: readonly string[] | null;
  /** The person has seen how far the prices are from those that Kaspi shows. */
  confirm: boolean;
};

/**
 * Asks for preorders of a store to be written at Kaspi; where goods on sale cost something else, for that
 * price, too. One whose price may not be asked for is left and says why. Throws `not_found`, `forbidden`, and
 * `invalid` when there is nothing to send.
 */
export async function pushPreorders(
  db: Tx,
  caller: Caller,
  { storeId, ids, confirm }: Wanted,
  now: Date,
  most = MOST_AT_ONCE,
): Promise<Pushed> {
  return db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId, "change_price");
    const which = { storeId: store.id, ids };
    const all = await countSendable(tx, caller, which);
    const rows = await lockSendable(tx, caller, { ...which, limit: most });
    if (rows.length === 0) throw new AppError("invalid", "preorders_nothing_to_send");
    const refused = await askPrices(tx, caller, rows, { confirm, now });
    const run = await openRun(tx, { kind: "preorders", storeId, userId: caller.id });
    for (const { preorder } of rows) {
      const why = refused.find(({ id }) => id === preorder.id)?.why;
      if (why === undefined) await want(tx, preorder, now);
      await setPreorder(tx, preorder.id, { runId: run.id, ...(why && { why }) }, now);
    }
    const asked = rows.filter(({ preorder }) => !refused.some(({ id }) => id === preorder.id));
    const entry = { at: now, userId: caller.id, storeId, action: "product.preorder_sent" } as const;
    await audit(
      tx,
      ...asked.map(({ preorder: { productId: subjectId, price } }) => ({
        ...{ ...entry, subjectId, details: { price } },
      })),
    );
    await reportRun(tx, run.id, now);
    if (asked.length > 0) await emit(tx, [events.preordersRequested.create({ storeId })]);
    return { runId: run.id, asked: asked.length, refused, left: Math.max(0, all - rows.length) };
  });
}

type Sendables = Awaited<ReturnType<typeof lockSendable>>;

async function askPrices(
  tx: Tx,
  caller: Caller,
  rows: Sendables,
  meant: { confirm: boolean; now: Date },
): Promise<Pushed["refused"]> {
  const refused: Pushed["refused"] = [];
  for (const { preorder, product } of rows) {
    const why = await askPriceOrSay(tx, caller, { ...preorder, product }, meant);
    if (why !== null) refused.push({ id: preorder.id, why });
    // From now on the ledger has it: what is set after it by hand or by the bot stays.
    else if (product.onSale) await setPreorder(tx, preorder.id, { priceTyped: false }, meant.now);
  }
  return refused;
}

/** Asks for a write: what has left and is not read back goes before it. Call it with the row locked. */
export function want(tx: Tx, { id, status }: Pick<Preorder, "id" | "status">, now: Date) {
  const fields = { wantedAt: now, notBefore: null, why: null, toldAt: null };
  return setPreorder(tx, id, { ...fields, ...(status !== "active" && { status: "sent" }) }, now);
}

/**
 * The same for preorders of any stores, all of it or nothing; in each of them, what there is to send. Throws
 * as `pushPreorders`, for nothing to send only when there is none in any.
 */
export async function pushNamed(
  db: Tx,
  caller: Caller,
  { ids, confirm }: { ids: readonly string[]; confirm: boolean },
  now: Date,
): Promise<Pushed[]> {
  return db.transaction(async (tx) => {
    const stores = await storesOfPreorders(tx, caller, ids);
    if (stores.length === 0) throw new AppError("not_found", "preorder_not_found");
    const pushed: Pushed[] = [];
    for (const storeId of stores) {
      await writableStore(tx, caller, storeId, "change_price");
      if ((await countSendable(tx, caller, { storeId, ids })) === 0) continue;
      pushed.push(await pushPreorders(tx, caller, { storeId, ids, confirm }, now));
    }
    if (pushed.length === 0) throw new AppError("invalid", "preorders_nothing_to_send");
    return pushed;
  });
}
