import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, money } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";

/** What a point has of the goods, as Kaspi showed it. */
export type StoredPoint = {
  pointId: string;
  available: boolean;
  stockManaged: boolean;
  stockCount: number | null;
  preorderDays: number | null;
};

/** What a write asks of the product, in full: by it the write is read back. */
export type StoredWish = {
  onSale: boolean;
  points: { pointId: string; available: boolean; days: number; stock?: number }[];
};

/** Our own goods on sale before they are here. */
export const preorders = pgTable(
  "preorders",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    /** As Kaspi's table of goods wants them; the article is the product's. */
    article: text("article").notNull(),
    name: text("name").notNull(),
    brand: text("brand"),
    price: money("price").notNull(),
    /** A person has named the price, and it was not asked for yet; else it is what Kaspi showed then. */
    priceTyped: boolean("price_typed").notNull().default(false),
    /** Days until the goods reach the point, 0 to 30. */
    leadDays: integer("lead_days").notNull(),
    /** How many are to come, by pickup point. */
    points: jsonb("points").$type<{ pointId: string; quantity: number }[]>().notNull(),
    /** `sent`: Kaspi is asked for it and does not show it yet. */
    status: text("status", { enum: ["draft", "sent", "active", "cancelled", "completed"] })
      .notNull()
      .default("draft"),
    /** What it becomes once Kaspi's row is put right. */
    ending: text("ending", { enum: ["cancelled", "completed"] }),
    /** Why it waits, or what has become of the last attempt: `preorders.why.<key>`. */
    why: text("why"),
    /** The long work in which it was last asked for. */
    runId: uuid("run_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull(),

    // From here on: how far a write of it is.
    /** A write is wanted since then and has not left. */
    wantedAt: instant("wanted_at"),
    notBefore: instant("not_before"),
    /** A write is on its way and not read back: no other of the product leaves. */
    sendingAt: instant("sending_at"),
    /** When Kaspi last accepted one. */
    sentAt: instant("sent_at"),
    /** When the list is read next to see what became of it. */
    lookAt: instant("look_at"),
    looks: integer("looks").notNull().default(0),
    wish: jsonb("wish").$type<StoredWish>(),
    /** The points that were ever written: what ends puts these back. */
    touched: text("touched").array().notNull().default(sql`'{}'`),
    /** How the product stood before the first write; null: nothing was written yet. */
    before: jsonb("before").$type<{ onSale: boolean; points: StoredPoint[] | null }>(),
    activeAt: instant("active_at"),
    /** When its owner was told that Kaspi does not show it. */
    toldAt: instant("told_at"),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("preorders_one_open")
      .on(table.storeId, table.productId)
      .where(sql`${table.status} in ('draft', 'sent', 'active')`),
    index("preorders_store").on(table.storeId, table.status, table.createdAt),
    index("preorders_product").on(table.productId),
    index("preorders_wanted").on(table.storeId, table.wantedAt).where(sql`wanted_at is not null`),
    index("preorders_look").on(table.storeId, table.lookAt).where(sql`look_at is not null`),
    index("preorders_under_way").on(table.productId).where(sql`sending_at is not null`),
    index("preorders_run").on(table.runId).where(sql`run_id is not null`),
  ],
);
