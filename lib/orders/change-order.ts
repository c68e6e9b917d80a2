import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { wasNotAsked } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { changeOrder as changeAtKaspi } from "@/lib/kaspi/change-order";
import { findOrder } from "@/lib/kaspi/shop-orders";
import { withStoreLock } from "@/lib/stores/store-lock";
import {
  type Asked,
  type ChangeableOrder,
  changeableOrder,
  markDone,
  markRefused,
  markUnknown,
  markUnsure,
} from "./change-queries";
import type { OrderChangeForm } from "./form-model";
import { actionsIn } from "./rules";
import { type AskShop, shopOf } from "./shop-of-store";
import { storeOrders } from "./store-queries";

/**
 * Changes an order at Kaspi, through the official interface only. The order is read a moment before: one that
 * is not as the person saw it is left alone (`conflict`, `order_moved`), and so nothing is repeated blindly after
 * an answer that was lost. Throws `not_found`, `forbidden`, kaspi_rejected with Kaspi's reason, kaspi_throttled
 * (`order_throttled`) while Kaspi wants the token to stay away, and kaspi_timeout (`order_unsure`) when nobody
 * knows whether the change has arrived. Who asked for it is written down, and what came of it.
 */
export async function changeOrder(
  access: KaspiAccess,
  caller: Caller,
  { orderId, seen, change }: OrderChangeForm,
  signal?: AbortSignal,
): Promise<void> {
  const { storeId } = await changeableOrder(access.db, caller, orderId);
  const ask = inOrderWords(await shopOf(access, storeId, signal));
  await withStoreLock(storeId, "order", async () => {
    const known = await changeableOrder(access.db, caller, orderId);
    const kaspiId = await readAnew(access, ask, known);
    const order = await changeableOrder(access.db, caller, orderId);
    if (kaspiId === null || !isAs(seen, order) || !actionsIn(order).includes(actionOf(change)))
      throw new AppError("conflict", "order_moved");
    const asked: Asked = { order, userId: caller.id, change };
    await markUnsure(access.db, asked, access.clock());
    try {
      await ask((shop) => changeAtKaspi(shop, { kaspiId, code: order.code }, change));
    } catch (error) {
      throw await afterFailure(access, asked, error);
    }
    await markDone(access.db, asked, access.clock());
    // Until Kaspi has shown it nobody knows what it is now: the mark stays.
    const shown = await readAnew(access, ask, order, caller.id).catch(() => null);
    if (shown === null) await readSoon(access, storeId);
  });
}

const isAs = (seen: { state: string; status: string }, now: ChangeableOrder) =>
  seen.state === now.state && seen.status === now.status;

const actionOf = ({ kind }: OrderChangeForm["change"]) =>
  kind === "send_code" ? "complete" : kind;

/** A person hears of the order, not of readings. */
const inOrderWords =
  (ask: AskShop): AskShop =>
  async (work) => {
    try {
      return await ask(work);
    } catch (error) {
      if (!isAppError(error, "kaspi_throttled")) throw error;
      const { retryAfterMs } = error;
      throw new AppError("kaspi_throttled", "order_throttled", {
        cause: error,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
  };

/** Keeps what Kaspi says of the order now; answers its id there, null when Kaspi has none such. */
async function readAnew(
  access: KaspiAccess,
  ask: AskShop,
  known: ChangeableOrder,
  by?: string,
): Promise<string | null> {
  const readAt = access.clock();
  const order = await ask((shop) => findOrder(shop, known));
  if (!order) return null;
  const reading = {
    storeId: known.storeId,
    source: "shop_api",
    readAt,
    ...(by && { by }),
  } as const;
  await storeOrders(access.db, reading, [order], access.clock());
  return order.kaspiId;
}

/** What certainly did not happen is said as it is; what may have happened is read soon. */
async function afterFailure(access: KaspiAccess, asked: Asked, error: unknown): Promise<unknown> {
  const mayHaveArrived =
    isAppError(error, "kaspi_timeout", "kaspi_unreachable", "kaspi_malformed") &&
    !wasNotAsked(error);
  if (isAppError(error) && !mayHaveArrived) {
    await markRefused(access.db, asked, error.key, access.clock());
    return error;
  }
  await markUnknown(access.db, asked, access.clock());
  await readSoon(access, asked.order.storeId);
  return isAppError(error) ? new AppError("kaspi_timeout", "order_unsure") : error;
}

const readSoon = ({ db }: KaspiAccess, storeId: string) =>
  emit(db, [events.ordersRequested.create({ storeId, runId: null })]);
