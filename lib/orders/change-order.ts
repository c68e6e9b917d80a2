import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { wasNotAsked } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { changeOrder as changeAtKaspi } from "@/lib/kaspi/change-order";
import type { KaspiOrder } from "@/lib/kaspi/order";
import { findOrder } from "@/lib/kaspi/shop-orders";
import { withStoreLock } from "@/lib/stores/store-lock";
import { type ChangeableOrder, changeableOrder, markSure, markUnsure } from "./change-queries";
import type { OrderChangeForm } from "./form-model";
import { actionsIn } from "./rules";
import { type AskShop, shopOf } from "./shop-of-store";
import { storeOrders } from "./store-queries";

/**
 * Changes an order at Kaspi, through the official interface only. The order is read a moment before: one that
 * is not as the person saw it is left alone (`conflict`, `order_moved`), and so nothing is repeated blindly after
 * an answer that was lost. Throws `not_found`, `forbidden`, kaspi_rejected with Kaspi's reason, and kaspi_timeout
 * (`order_unsure`) when nobody knows whether the change has arrived. Who asked for it is written down.
 */
export async function changeOrder(
  access: KaspiAccess,
  caller: Caller,
  { orderId, seen, change }: OrderChangeForm,
  signal?: AbortSignal,
): Promise<void> {
  const { storeId } = await changeableOrder(access.db, caller, orderId);
  const ask = await shopOf(access, storeId, signal);
  await withStoreLock(storeId, "order", async () => {
    const known = await changeableOrder(access.db, caller, orderId);
    const kaspiId = await readAnew(access, ask, known);
    const order = await changeableOrder(access.db, caller, orderId);
    if (kaspiId === null || !isAs(seen, order) || !isOffered(change.kind, order))
      throw new AppError("conflict", "order_moved");
    const { kind: _, ...asked } = change;
    await markUnsure(access.db, order, {
      ...{ at: access.clock(), userId: caller.id, storeId, subjectId: orderId },
      action: `order.${change.kind}`,
      // The code is the buyer's, and of no use to anybody later.
      details: { order: order.code, ...(change.kind !== "complete" && asked) },
    });
    try {
      await ask((shop) => changeAtKaspi(shop, { kaspiId, code: order.code }, change));
    } catch (error) {
      throw await afterFailure(access, order, error);
    }
    await markSure(access.db, order.id);
    await readAnew(access, ask, order, caller.id).catch(() => readSoon(access, storeId));
  });
}

const isAs = (seen: { state: string; status: string }, now: ChangeableOrder) =>
  seen.state === now.state && seen.status === now.status;

function isOffered(kind: OrderChangeForm["change"]["kind"], { tab }: ChangeableOrder): boolean {
  return actionsIn(tab).includes(kind === "send_code" ? "complete" : kind);
}

/** Keeps what Kaspi says of the order now; answers its id there, null when Kaspi has none such. */
async function readAnew(
  access: KaspiAccess,
  ask: AskShop,
  { storeId, code }: ChangeableOrder,
  by?: string,
): Promise<string | null> {
  const readAt = access.clock();
  const order: KaspiOrder | null = await ask((shop) => findOrder(shop, code));
  if (!order) return null;
  const reading = { storeId, source: "shop_api", readAt, ...(by && { by }) } as const;
  await storeOrders(access.db, reading, [order], access.clock());
  return order.kaspiId;
}

/** What certainly did not happen is said as it is; what may have happened is read soon. */
async function afterFailure(
  access: KaspiAccess,
  order: ChangeableOrder,
  error: unknown,
): Promise<unknown> {
  const mayHaveArrived =
    isAppError(error, "kaspi_timeout", "kaspi_unreachable", "kaspi_malformed") &&
    !wasNotAsked(error);
  if (!isAppError(error) || mayHaveArrived) {
    await readSoon(access, order.storeId);
    return isAppError(error) ? new AppError("kaspi_timeout", "order_unsure") : error;
  }
  await markSure(access.db, order.id);
  return error;
}

const readSoon = ({ db }: KaspiAccess, storeId: string) =>
  emit(db, [events.ordersRequested.create({ storeId, runId: null })]);
