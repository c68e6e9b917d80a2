import { z } from "zod";
import { control } from "@/lib/kaspi-twin/control";
import { findMerchant, type Merchant } from "@/lib/kaspi-twin/merchants";
import type { TwinOrder } from "@/lib/kaspi-twin/orders";
import type { World } from "@/lib/kaspi-twin/world";

const merchantUid = z.string();
const which = z.object({ merchantUid, code: z.string() });
const moment = z.int().min(0);

/** What can be said of an order; the rest is made up. */
const said = z.object({
  createdAt: moment.optional(),
  state: z.string().optional(),
  status: z.string().optional(),
  isKaspiDelivery: z.boolean().optional(),
  deliveryMode: z.string().optional(),
  paymentMode: z.string().optional(),
  deliveryCost: z.number().min(0).optional(),
  sellerDeliveryCost: z.number().min(0).optional(),
  express: z.boolean().optional(),
  preOrder: z.boolean().optional(),
  signatureRequired: z.boolean().optional(),
  assembled: z.boolean().optional(),
  pointId: z.string().optional(),
  handedOverAt: moment.nullable().optional(),
  cancellationReason: z.string().nullable().optional(),
});

/** A line: one of the merchant's offers by its place in the list, so many of it. */
const line = z.object({
  offer: z.int().min(0),
  quantity: z.number().positive().default(1),
  weight: z.number().positive().optional(),
  price: z.number().positive().optional(),
  sku: z.string().optional(),
});

export const orderControls = {
  seedOrders: control(
    "fills a merchant's book with orders of the last days",
    z.object({
      merchantUid,
      days: z.int().min(1).max(1_000),
      perDay: z.int().min(1).max(5_000),
    }),
    (world, { merchantUid: uid, ...much }) => ({
      made: world.orders.fill(merchantOf(uid), much, world.clock.now()),
    }),
  ),
  addOrder: control(
    "a buyer orders something, now or at `createdAt`",
    said.extend({ merchantUid, lines: z.array(line).min(1).optional() }),
    (world, { merchantUid: uid, createdAt, lines, ...rest }) => {
      const merchant = merchantOf(uid);
      const entries = lines?.map(({ offer, quantity, price, sku, weight }) => {
        const entry = world.orders.entry(merchant, offer, quantity);
        return {
          ...entry,
          ...(price !== undefined && { price }),
          ...(sku !== undefined && { sku }),
          ...(weight !== undefined && { weight }),
        };
      });
      const given = { ...known(rest), ...(entries && { entries }) };
      return world.orders.add(merchant, createdAt ?? world.clock.now(), given);
    },
  ),
  changeOrder: control(
    "changes an order behind everybody's back",
    said.extend(which.shape),
    (world, { merchantUid: uid, code, ...change }) => {
      world.orders.moved();
      return Object.assign(find(world, uid, code), known(change));
    },
  ),
  dropLine: control(
    "takes a line out of an order, as after a cancellation of a part",
    which.extend({ nth: z.int().min(0) }),
    (world, { merchantUid: uid, code, nth }) => void find(world, uid, code).entries.splice(nth, 1),
  ),
  changeLine: control(
    "sets how many of a line are ordered, as after a cancellation of a part",
    which.extend({ nth: z.int().min(0), quantity: z.number().min(0) }),
    (world, { merchantUid: uid, code, nth, quantity }) => {
      const entry = find(world, uid, code).entries[nth];
      if (!entry) throw new RangeError(`order ${code} has no line ${nth}`);
      return Object.assign(entry, { quantity });
    },
  ),
  order: control("the truth about one order", which, (world, { merchantUid: uid, code }) =>
    find(world, uid, code),
  ),
  forgetOrders: control("empties the book of every merchant", z.object({}).default({}), (world) =>
    world.orders.restore([]),
  ),
  orders: control(
    "the truth about a merchant's orders, the newest first",
    z.object({ merchantUid }),
    (world, { merchantUid: uid }) => [...world.orders.of(uid)],
  ),
};

/** What is not said is not changed. */
function known(values: Record<string, unknown>): Partial<TwinOrder> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function merchantOf(uid: string): Merchant {
  const merchant = findMerchant(uid);
  if (!merchant) throw new RangeError(`no merchant ${uid}`);
  return merchant;
}

function find(world: World, uid: string, code: string): TwinOrder {
  const order = world.orders.find(uid, code);
  if (!order) throw new RangeError(`merchant ${uid} has no order ${code}`);
  return order;
}
