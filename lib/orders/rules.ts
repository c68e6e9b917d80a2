import type { OrderAction, OrderSource, OrderTab } from "./model";

/** What decides where an order stands. */
export type Standing = {
  state: string;
  status: string;
  preOrder: boolean;
  assembled: boolean | null;
  handedOverAt: Date | null;
};

const tabOfState: Readonly<Record<string, OrderTab>> = {
  NEW: "new",
  SIGN_REQUIRED: "sign",
  PICKUP: "pickup",
  DELIVERY: "delivery",
  ARCHIVE: "archive",
  ARCHIVED: "archive",
  KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY: "preorder",
  KASPI_DELIVERY_CARGO_ASSEMBLY: "packing",
  KASPI_DELIVERY_WAIT_FOR_COURIER: "handover",
  KASPI_DELIVERY_TRANSMITTED: "transmitted",
  KASPI_DELIVERY_RETURN_REQUEST: "returning",
};

/** The goods stay with the seller. What is returned comes back to be looked at first. */
export const unsoldStatuses = ["CANCELLED", "CANCELLED_BY_MERCHANT"];
const over: ReadonlySet<string> = new Set([...unsoldStatuses, "COMPLETED", "RETURNED"]);
const returning: ReadonlySet<string> = new Set([
  "CANCELLING",
  "KASPI_DELIVERY_RETURN_REQUESTED",
  "RETURN_REQUESTED",
  "RETURNING",
]);
const packed: ReadonlySet<string> = new Set(["ASSEMBLE", "ASSEMBLED"]);

/** The tab of Kaspi's cabinet an order is in (protocol G1); `other`: its state is not known here. */
export function tabOf(order: Standing): OrderTab {
  const { state, status } = order;
  const known = tabOfState[state];
  if (known) return known;
  if (over.has(status)) return "archive";
  if (state !== "KASPI_DELIVERY") return "other";
  if (returning.has(status)) return "returning";
  if (order.handedOverAt !== null) return "transmitted";
  if (order.assembled === true || packed.has(status)) return "handover";
  // Kaspi may go on calling it a preorder when its goods have come.
  return order.preOrder && status !== "ARRIVED" ? "preorder" : "packing";
}

/** The cabinet has shorter words for some of the official API's. */
const plain = (status: string) =>
  status === "ACCEPTED" || packed.has(status) ? "ACCEPTED_BY_MERCHANT" : status;

type Seen = { state: string; status: string; tab: OrderTab; source: OrderSource };

/** Whether an order has moved, and not only the words of who tells of it. */
export function hasMoved(before: Seen, now: Seen): boolean {
  if ((before.source === "shop_api") === (now.source === "shop_api"))
    return before.state !== now.state || before.status !== now.status;
  return before.tab !== now.tab || plain(before.status) !== plain(now.status);
}

/**
 * What may be done to an order: what Kaspi would refuse anyway is not offered, nor anything where the state is not
 * understood.
 */
export function actionsIn({ tab, status }: Pick<Seen, "tab" | "status">): readonly OrderAction[] {
  if (over.has(status)) return [];
  switch (tab) {
    case "new":
      return status === "APPROVED_BY_BANK" ? ["accept", "cancel"] : ["cancel"];
    case "preorder":
      // Nobody knows whether Kaspi still calls it one when its goods have come.
      return ["arrive", "assemble", "cancel"];
    case "packing":
      return ["assemble", "cancel"];
    case "pickup":
    case "delivery":
      return ["complete", "cancel"];
    case "handover":
      return ["cancel"];
    case "sign":
    case "transmitted":
    case "returning":
    case "archive":
    case "other":
      return [];
  }
}
