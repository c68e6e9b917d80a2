import { customType, integer, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Tenge } from "@/lib/core/money";

/** Whole tenge in an integer column. */
export const money = (name: string) => integer(name).$type<Tenge>();

/** An instant, UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true });

export const id = () => uuid("id").primaryKey().defaultRandom();

export const createdAt = () => instant("created_at").notNull().defaultNow();

export const sealedType = "text";

/**
 * What the vault has sealed, the only custom type of text: by it `manage rotate-keys` finds every column that
 * a new key is for. Text in the database.
 */
export const sealed = customType<{ data: string }>({ dataType: () => sealedType });
