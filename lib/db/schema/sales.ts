import {
  bigint,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
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
    /** The seller's article; where the source has none, Kaspi's name of the line. */
    line: text("line").notNull(),
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

/** Days whose sums are not what the orders say; marked by triggers in the transaction that makes them so. */
export const salesStaleDays = pgTable(
  "sales_stale_days",
  {
    storeId: storeId(),
    day: day(),
    /** Counts up with each mark, so that nobody marks unseen while the day is being summed. */
    marks: integer("marks").notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.day] })],
);

/** Products whose costs were said anew, and the days of whose sales are not found out yet. */
export const salesStaleProducts = pgTable("sales_stale_products", {
  productId: uuid("product_id")
    .primaryKey()
    .references(() => products.id, { onDelete: "cascade" }),
  marks: integer("marks").notNull().default(1),
});
