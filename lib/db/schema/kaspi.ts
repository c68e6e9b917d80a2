import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, sealed } from "./columns";
import { users } from "./workspace";

/**
 * A login as Kaspi counts it, whoever uses it here and for whichever of its shops: its pace, the pauses
 * Kaspi wants of it, and with `budget_entries` its budget of writes.
 */
export const kaspiLogins = pgTable("kaspi_logins", {
  /** An e-mail in lower case, or a phone as `7XXXXXXXXXX`. */
  login: text("login").primaryKey(),
  nextReadSlotAt: instant("next_read_slot_at"),
  nextWriteSlotAt: instant("next_write_slot_at"),
  /** After a 429 on writes. */
  writesBlockedUntil: instant("writes_blocked_until"),
});

/** A person's use of a login. Its stores share its session. */
export const kaspiAccounts = pgTable(
  "kaspi_accounts",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    login: text("login")
      .notNull()
      .references(() => kaspiLogins.login),
    /** The shop chosen where Kaspi asks for one: each choice is a session of its own. */
    chosenMerchant: text("chosen_merchant").notNull().default(""),
    /** Encrypted; null when the session cannot renew itself: by the seller's choice, or by SMS. */
    password: sealed("password"),
    /** `waiting`: it has died, and a break keeps the login from being renewed. */
    session: text("session", { enum: ["valid", "waiting", "needs_reauth", "unknown"] })
      .notNull()
      .default("unknown"),
    /** Key of the translated reason, `stores.reauth.<reason>`. */
    reauthReason: text("reauth_reason", {
      enum: [
        "no_password",
        "sms_only",
        "password_wrong",
        "code_required",
        "choice_required",
        "login_refused",
        "session_closed",
      ],
    }),
    lastLoginAt: instant("last_login_at"),
    lastCheckedAt: instant("last_checked_at"),
    /** The exit its cabinet is spoken to through, while that one is fit; else another is chosen. */
    exitId: uuid("exit_id"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("kaspi_accounts_user_login_choice").on(
      table.userId,
      table.login,
      table.chosenMerchant,
    ),
  ],
);

export const kaspiSessions = pgTable("kaspi_sessions", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => kaspiAccounts.id, { onDelete: "cascade" }),
  /** Encrypted cookie jar. */
  cookies: sealed("cookies").notNull(),
  method: text("method", { enum: ["direct", "browser"] }).notNull(),
  savedAt: instant("saved_at").notNull(),
  /** Opened by us with the stored password, not by a person. */
  isRenewal: boolean("is_renewal").notNull().default(false),
});

export const stores = pgTable(
  "stores",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    accountId: uuid("account_id").references(() => kaspiAccounts.id),
    merchantId: text("merchant_id").notNull(),
    name: text("name").notNull(),
    /** The city whose price is the store's price; see repricing. */
    mainCityId: text("main_city_id"),
    /** The cities priced besides the main one; null: none. */
    pricedCities: text("priced_cities").array(),
    /** The seller's own words about it. */
    note: text("note"),
    /** Override of the installation's default rule, `RuleOverride`. */
    rule: jsonb("rule").notNull().default({}),
    isActive: boolean("is_active").notNull().default(true),
    /** Nothing but Kaspi's official Shop API may be asked for it: no cabinet, no storefront. */
    officialOnly: boolean("official_only").notNull().default(false),
    /** Kaspi's own name for it, as last read; `name` is ours to change. */
    kaspiName: text("kaspi_name"),
    /** Encrypted token of Kaspi's official API; null: none. */
    apiToken: sealed("api_token"),
    apiTokenCheckedAt: instant("api_token_checked_at"),
    /** Only a store that had a valid session of its merchant holds the merchant id. */
    claimedAt: instant("claimed_at"),
    /** The first such session: a merchant that was ever ours is never a rival. Set once, never erased. */
    firstClaimedAt: instant("first_claimed_at"),
    archivedAt: instant("archived_at"),
    /** The store's own kill switch. */
    sendingStoppedAt: instant("sending_stopped_at"),
    sendingStoppedBy: uuid("sending_stopped_by"),
    productsCount: integer("products_count").notNull().default(0),
    lastSyncAt: instant("last_sync_at"),
    nextSyncAt: instant("next_sync_at"),
    /** When the last walk that met Kaspi's whole list began: what is known of every product is no older. */
    wholeSince: instant("whole_since"),
    createdAt: createdAt(),
    /** When anything of it last changed, by whomever. */
    updatedAt: instant("updated_at")
      .notNull()
      .defaultNow()
      .$onUpdate(() => sql`now()`),
  },
  (table) => [
    uniqueIndex("stores_claimed_merchant")
      .on(table.merchantId)
      .where(sql`${table.claimedAt} is not null and ${table.archivedAt} is null`),
    uniqueIndex("stores_user_merchant").on(table.userId, table.merchantId),
    index("stores_account").on(table.accountId),
  ],
);

export const pickupPoints = pgTable(
  "pickup_points",
  {
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** Kaspi's full id, `30067228_PP1`. */
    pointId: text("point_id").notNull(),
    label: text("label").notNull(),
    cityId: text("city_id").notNull(),
    cityName: text("city_name").notNull(),
    isActive: boolean("is_active").notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.pointId] })],
);
