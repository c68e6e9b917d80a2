import { z } from "zod";
import { storable } from "@/lib/core/text";
import { DAY } from "@/lib/core/time";
import { type ApiScope, givenScopes, type KeyLife, keyLives } from "./api-key-scope-model";

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
