import { z } from "zod";
import { checked } from "@/lib/kaspi/answer";
import { callShop, type ShopApi } from "@/lib/kaspi/shop-call";
import { wireText } from "@/lib/kaspi/wire-values";

/** Why a seller may cancel (protocol G2). */
export type CancelReason =
  | "BUYER_CANCELLATION_BY_MERCHANT"
  | "BUYER_NOT_REACHABLE"
  | "MERCHANT_OUT_OF_STOCK";

/** What a seller may do to an order through the official API. */
export type OrderChange =
  | { kind: "accept" }
  /** Packed, into so many parcels. */
  | { kind: "assemble"; parcels: number }
  /** Kaspi sends the buyer a code, and nothing else happens. */
  | { kind: "send_code" }
  /** Given out: the buyer has said the code. */
  | { kind: "complete"; code: string }
  /** The comment has a thousand characters at most. */
  | { kind: "cancel"; reason: CancelReason; comment: string }
  /** The goods of a preorder have come. */
  | { kind: "arrive" };

const answered = z.object({
  data: z.object({ attributes: z.object({ status: wireText }) }),
});

/**
 * Changes an order (protocol G2, `POST /orders`). Throws as `callShop`: kaspi_rejected with Kaspi's reason as
 * its key (`order_code_wrong`, `order_is_cancelled`, …); after kaspi_timeout or kaspi_unreachable it may have
 * happened all the same, so the order is read before anything is tried again.
 */
export async function changeOrder(
  shop: ShopApi,
  order: { kaspiId: string; code: string },
  change: OrderChange,
): Promise<void> {
  const { answer, url } = await callShop(shop, {
    path: "/shop/api/v2/orders",
    json: {
      data: {
        type: "orders",
        id: order.kaspiId,
        attributes: attributesOf(order.code, change),
      },
    },
    headers: headersOf(change),
  });
  checked(answered, answer, url);
}

/** As the official samples have them: who packs does not name the order's code. */
function attributesOf(code: string, change: OrderChange): Record<string, string> {
  switch (change.kind) {
    case "accept":
      return { code, status: "ACCEPTED_BY_MERCHANT" };
    case "assemble":
      // A string in the request, a number in the answer.
      return { status: "ASSEMBLE", numberOfSpace: String(change.parcels) };
    case "send_code":
    case "complete":
      return { code, status: "COMPLETED" };
    case "cancel":
      return {
        code,
        status: "CANCELLED",
        cancellationReason: change.reason,
        ...(change.comment && { cancellationComment: change.comment }),
      };
    case "arrive":
      return { code, status: "ARRIVED" };
  }
}

function headersOf(change: OrderChange): Record<string, string> {
  if (change.kind === "send_code") return { "X-Security-Code": "", "X-Send-Code": "true" };
  if (change.kind === "complete") return { "X-Security-Code": change.code, "X-Send-Code": "true" };
  return {};
}
