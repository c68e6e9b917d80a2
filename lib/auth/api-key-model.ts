import { z } from "zod";
import { storable } from "@/lib/core/text";
import { DAY } from "@/lib/core/time";

/** What a key may be used for. `bot` is kept for a program of our own and given by nobody. */
export const apiScopes = ["read", "write", "kaspi", "bot"] as const;
export type ApiScope = (typeof apiScopes)[number];

export const givenScopes = ["read", "write", "kaspi"] as const satisfies ApiScope[];
export type GivenScope = (typeof givenScopes)[number];

export const keyNameSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "name_empty" })
  .max(100, { error: "name_long" });

export const keyScopesSchema = z
  .array(z.enum(givenScopes, { error: "scopes_unknown" }))
  .transform((given) => givenScopes.filter((scope) => given.includes(scope)))
  .refine((given) => given.length > 0, { error: "scopes_empty" });

/** Days a key works; none: until it is revoked. */
export const keyLives = ["30", "90", "365", "none"] as const;
export type KeyLife = (typeof keyLives)[number];

export const lifeMs = (life: KeyLife) => (life === "none" ? null : Number(life) * DAY);

export const newApiKeySchema = z.object({
  name: keyNameSchema,
  scopes: keyScopesSchema,
  life: z.enum(keyLives),
  /** The person's own password: a key outlives the session it is made in. */
  current: z.string().max(200, { error: "password_wrong" }),
});

export const keyIdSchema = z.object({ keyId: z.uuid() });

/** A key as its page shows it. */
export type ApiKeyLine = {
  id: string;
  name: string;
  hint: string;
  scopes: ApiScope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** Whose it is. */
  userId: string;
  userName: string;
};
