import {
  bigint,
  bigserial,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";

const storeId = () =>
  uuid("store_id")
    .notNull()
    .references(() => stores.id, { onDelete: "cascade" });
/** A day of the workspace's zone, `2026-03-01`. */
const day = () => date("day", { mode: "string" }).notNull();
const count = (name: string) => integer(name).notNull().default(0);
/** ₸ of many orders. */
const sum = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);
const units = (name: string) =>
  numeric(name, { precision: 16, scale: 3, mode: "number" }).notNull().default(0);

/** A store's orders of a day, by where from, how paid and how delivered. Empty: Kaspi does not say. */
export const salesDays = pgTable(
  "sales_days",
  {
    storeId: storeId(),
    day: day(),
    /** Kaspi's id of it. */
    city: text("city").notNull(),
    cityName: text("city_name").notNull(),
    payment: text("payment").notNull(),
    delivery: text("delivery").notNull(),
    /** Neither cancelled nor returned, with what the buyers pay for their goods. */
    orders: count("orders"),
    revenue: sum("revenue"),
    /** Of those the ones that buyers have. */
    completed: count("completed"),
    completedSum: sum("completed_sum"),
    cancelled: count("cancelled"),
    cancelledSum: sum("cancelled_sum"),
    returned: count("returned"),
    returnedSum: sum("returned_sum"),
    /** Of the orders those whose lines Kaspi has not told yet: they are in no sum of a product. */
    lineless: count("lineless"),
    linelessSum: sum("lineless_sum"),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.day, table.city, table.payment, table.delivery] }),
  ],
);

/** What was sold of a product on a day, and what was earned on it as far as that is known. */
export const salesProductDays = pgTable(
  "sales_product_days",
  {
    storeId: storeId(),
    day: day(),
    /** What it is told from others by: see `lineKey`. */
    line: text("line").notNull(),
    /** The seller's article; null: the source does not say. */
    sku: text("sku"),
    productId: uuid("product_id").references(() => products.id, { onDelete: "set null" }),
    name: text("name").notNull(),
    category: text("category").notNull(),
    orders: count("orders"),
    units: units("units"),
    revenue: sum("revenue"),
    cancelledUnits: units("cancelled_units"),
    cancelledSum: sum("cancelled_sum"),
    returnedUnits: units("returned_units"),
    returnedSum: sum("returned_sum"),
    /** What Kaspi has said its delivery costs the seller all the same: of cancelled and returned orders. */
    lostDelivery: sum("lost_delivery"),
    /** Of the revenue that part of which all costs are known, and where it went; all else stands apart. */
    knownRevenue: sum("known_revenue"),
    knownUnits: units("known_units"),
    cost: sum("cost"),
    packaging: sum("packaging"),
    other: sum("other"),
    returns: sum("returns"),
    delivery: sum("delivery"),
    commission: sum("commission"),
    kaspiPay: sum("kaspi_pay"),
    tax: sum("tax"),
    profit: sum("profit"),
    /** Of the known part what rests on a cost that was entered after the sale. */
    laterCostRevenue: sum("later_cost_revenue"),
    /** What keeps the rest from being known: `MissingInput[]`. */
    missing: text("missing").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.day, table.line] }),
    index("sales_product_days_product").on(table.productId, table.day),
  ],
);

/**
 * Days whose sums are not what the orders say; noted by triggers in the transaction that makes them so. Only ever
 * added, so that nobody waits for anybody: a day stands here as often as it was noted.
 */
export const salesStaleDays = pgTable(
  "sales_stale_days",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    storeId: storeId(),
    day: day(),
  },
  (table) => [index("sales_stale_days_day").on(table.day.desc(), table.storeId)],
);

/** Products whose costs were said anew since then, and the days of whose sales are not found out yet. */
export const salesStaleProducts = pgTable("sales_stale_products", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  productId: uuid("product_id")
    .notNull()
    .references(() => products.id, { onDelete: "cascade" }),
  since: instant("since").notNull(),
});
