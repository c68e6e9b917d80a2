import { z } from "zod";
import { type Answer, header, parsed, type TwinRequest } from "@/lib/kaspi-twin/http";
import type { TwinOrder } from "@/lib/kaspi-twin/orders";
import { digits } from "@/lib/kaspi-twin/seeded";
import { asking, failed, jsonApi } from "@/lib/kaspi-twin/shop-api";
import { decoded, encoded } from "@/lib/kaspi-twin/shop-order-view";
import type { World } from "@/lib/kaspi-twin/world";

const body = z.object({
  data: z.object({
    type: z.literal("orders"),
    id: z.string(),
    attributes: z.looseObject({
      code: z.string().optional(),
      status: z.string(),
      numberOfSpace: z.string().regex(/^\d+$/).optional(),
      cancellationReason: z.string().optional(),
      cancellationComment: z.string().max(1_000).optional(),
    }),
  }),
});
type Asked = z.output<typeof body>["data"]["attributes"];

const BASE = "https://kaspi.kz/shop/api/v2/orders";
const reasons = ["BUYER_CANCELLATION_BY_MERCHANT", "BUYER_NOT_REACHABLE", "MERCHANT_OUT_OF_STOCK"];
/** Invented: no guide says how a change out of turn is refused. */
const outOfTurn = () => failed("Order status can not be changed");

/** `POST /shop/api/v2/orders`: a change of state (protocol G2). */
export function changeShopOrder(world: World, request: TwinRequest): Answer {
  const asker = asking(world, request, "shop_change");
  if ("status" in asker) return asker;
  const said = body.safeParse(parsed(request.body));
  if (!said.success) return failed("Request is not valid");
  const { id, attributes } = said.data.data;
  const order = world.orders.find(asker.uid, decoded(id));
  if (!order || (attributes.code !== undefined && attributes.code !== order.code))
    return jsonApi({ errors: [{ title: "Resource not found" }] }, 404);
  const refusal = change(world, request, order, attributes);
  if (refusal) return refusal;
  world.changed();
  const { numberOfSpace, ...rest } = attributes;
  return answered(id, {
    ...rest,
    ...(numberOfSpace !== undefined && { numberOfSpace: Number(numberOfSpace) }),
  });
}

function change(world: World, request: TwinRequest, order: TwinOrder, asked: Asked): Answer | null {
  switch (asked.status) {
    case "ACCEPTED_BY_MERCHANT":
      return accept(order);
    case "ASSEMBLE":
      return assemble(order, Number(asked.numberOfSpace ?? 0));
    case "COMPLETED":
      return complete(world, request, order);
    case "CANCELLED":
      return cancel(order, asked.cancellationReason ?? "");
    case "ARRIVED":
      if (!order.preOrder || order.state !== "KASPI_DELIVERY") return outOfTurn();
      // How Kaspi shows it afterwards nobody has written down.
      order.preOrder = world.faults.strikes("preorder_stays", { endpoint: "shop_change" }) !== null;
      return null;
    default:
      return failed("Status is not valid");
  }
}

function accept(order: TwinOrder): Answer | null {
  if (order.state !== "NEW" || order.status !== "APPROVED_BY_BANK") return outOfTurn();
  order.status = "ACCEPTED_BY_MERCHANT";
  if (order.signatureRequired) order.state = "SIGN_REQUIRED";
  else if (order.isKaspiDelivery) order.state = "KASPI_DELIVERY";
  else order.state = order.deliveryMode === "DELIVERY_PICKUP" ? "PICKUP" : "DELIVERY";
  return null;
}

function assemble(order: TwinOrder, parcels: number): Answer | null {
  const may = order.state === "KASPI_DELIVERY" && order.status === "ACCEPTED_BY_MERCHANT";
  if (!may || order.assembled || parcels < 1) return outOfTurn();
  order.assembled = true;
  order.parcels = parcels;
  return null;
}

function complete(world: World, request: TwinRequest, order: TwinOrder): Answer | null {
  if (order.status === "COMPLETED")
    return failed("Order already has been completed, so it can't be completed again.");
  if (order.status.startsWith("CANCEL"))
    return failed("Order is cancelled, so it can't be completed.");
  if (order.state !== "PICKUP" && order.state !== "DELIVERY")
    return failed("Order is not may complete allowed");
  const code = header(request, "x-security-code");
  if (code === "") {
    order.securityCode = digits(4, world.seed, order.code, "security", world.clock.now());
    return null;
  }
  if (code !== order.securityCode)
    return failed("Security code is not valid. And the order cannot be completed without it");
  Object.assign(order, { state: "ARCHIVE", status: "COMPLETED", securityCode: null });
  return null;
}

function cancel(order: TwinOrder, reason: string): Answer | null {
  if (!reasons.includes(reason)) return failed("Cancellation reason is not valid");
  if (order.state === "ARCHIVE") return outOfTurn();
  Object.assign(order, { state: "ARCHIVE", status: "CANCELLED", cancellationReason: reason });
  return null;
}

function answered(id: string, attributes: Record<string, unknown>): Answer {
  const related = (name: string) => ({
    links: { self: `${BASE}/${id}/relationships/${name}`, related: `${BASE}/${id}/${name}` },
  });
  return jsonApi({
    data: {
      type: "orders",
      id: encoded(decoded(id)),
      attributes,
      relationships: { entries: related("entries"), user: { ...related("user"), data: null } },
      links: { self: `${BASE}/${id}` },
    },
    included: [],
  });
}
