import { z } from "zod";
import type { LoginBreak, WaitingLogin } from "@/lib/accounts/model";
import type { StorePermission } from "@/lib/auth/permission-model";
import { storable } from "@/lib/core/text";

export const storeIdSchema = z.object({ storeId: z.uuid() });

export const stopSendingSchema = z.object({ storeId: z.uuid(), stopped: z.boolean() });

/** Kaspi's number of a city; one that is none is not found. */
export const cityIdField = z.string().overwrite(storable).min(1).max(40);

export const chooseCitySchema = z.object({ storeId: z.uuid(), cityId: cityIdField });
export type ChooseCity = z.infer<typeof chooseCitySchema>;

/** The cities priced besides the main one. */
export const storeCitiesSchema = z.object({
  storeId: z.uuid(),
  cityIds: z.array(cityIdField).max(300),
});
export type StoreCities = z.infer<typeof storeCitiesSchema>;

export const pauseSchema = z.object({ storeId: z.uuid(), paused: z.boolean() });

/** An empty name brings Kaspi's own back. */
export const renameSchema = z.object({
  storeId: z.uuid(),
  name: z.string().overwrite(storable).trim().max(100, { error: "name_long" }),
});

const NOTE_LENGTH = 500;

/** The seller's own words about a store or a product; empty ones are none. */
export const noteField = z
  .string()
  .overwrite(storable)
  .trim()
  .max(NOTE_LENGTH, { error: "note_long" })
  .transform((text) => text || null);

export const storeNoteSchema = z.object({ storeId: z.uuid(), note: noteField });

/** A token of Kaspi's official API as pasted. */
export const storeTokenSchema = z.object({
  storeId: z.uuid(),
  token: z
    .string()
    .overwrite(storable)
    .trim()
    .regex(/^[\x21-\x7e]{10,200}$/, { error: "token_invalid" }),
});
export type StoreToken = z.infer<typeof storeTokenSchema>;

/** What is shown of a kept token: never more than its end. */
export type TokenView = { ending: string; checkedAt: Date | null };

export const ALMATY = "750000000";

/** The store's main city, or a guess for as long as nobody has chosen one. */
export function mainCityOrGuess(chosen: string | null): { cityId: string; isGuess: boolean } {
  return { cityId: chosen ?? ALMATY, isGuess: chosen === null };
}

/** `waiting`: it has died and is renewed by itself when Kaspi takes logins again. */
export type SessionState = "valid" | "waiting" | "needs_reauth" | "unknown";

/** What the stores page shows of a store. */
export type StoreView = {
  id: string;
  merchantId: string;
  name: string;
  mainCityId: string | null;
  mainCityName: string | null;
  /** Off: the store is on pause and none of its jobs does anything. */
  isActive: boolean;
  isMine: boolean;
  /** What the caller may do in it. */
  may: StorePermission[];
  ownerName: string;
  productsCount: number;
  onSaleCount: number;
  botsCount: number;
  lastSyncAt: Date | null;
  nextSyncAt: Date | null;
  session: SessionState;
  reauthReason: string | null;
  loginBlockedUntil: Date | null;
  loginBlockedBy: LoginBreak["by"] | null;
  accountId: string | null;
  /** As it may be shown. */
  login: string | null;
  lastLoginAt: Date | null;
  lastCheckedAt: Date | null;
  writesBlockedUntil: Date | null;
  sendingStoppedAt: Date | null;
  sendingStoppedBy: string | null;
  /** The override of the installation's rule, as stored. */
  rule: unknown;
};

/** A store whose kill switch is pulled: since when and by whom. */
export type StoppedStore = {
  id: string;
  name: string;
  at: Date;
  by: string | null;
  mayResume: boolean;
};

export type ConnectedStore = {
  storeId: string;
  merchantId: string;
  name: string;
  isReplaced: boolean;
};

export type ConnectResult = {
  stores: ConnectedStore[];
  /** Merchants of the login that belong to another user of this installation. */
  refused: { merchantId: string; name: string }[];
};

/** Where connecting stands: over, or waiting for its person. */
export type ConnectStep = { kind: "done"; result: ConnectResult } | WaitingLogin;
