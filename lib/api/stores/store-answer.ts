import { z } from "zod";
import type { StoreRecord } from "./store-queries";

const moment = z.iso.datetime();

/** A store as programs see it. Its field names are a contract. */
export const storeAnswer = z
  .object({
    id: z.uuid(),
    user_id: z.uuid(),
    merchant_id: z.string(),
    name: z.string(),
    products_count: z.int().min(0),
    last_sync: moment.nullable(),
    last_login: moment.nullable(),
    is_active: z.boolean().describe("false: on pause"),
    session: z
      .enum(["valid", "needs_reauth", "unknown"])
      .describe("unknown: nobody has logged in yet, or the session is being renewed"),
    reauth_reason: z.string().nullable().describe("Why somebody has to log in"),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "Store" });

export function toStoreAnswer(row: StoreRecord): z.input<typeof storeAnswer> {
  return {
    id: row.id,
    user_id: row.userId,
    merchant_id: row.merchantId,
    name: row.name,
    products_count: row.productsCount,
    last_sync: row.lastSyncAt?.toISOString() ?? null,
    last_login: row.lastLoginAt?.toISOString() ?? null,
    is_active: row.isActive,
    session: row.session === "valid" || row.session === "needs_reauth" ? row.session : "unknown",
    reauth_reason: row.reauthReason,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
