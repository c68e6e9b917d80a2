"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { keyIdSchema, lifeMs, newApiKeySchema } from "@/lib/auth/api-key-model";
import { createApiKey, revokeApiKey } from "@/lib/auth/api-keys";
import { requireOwnPassword } from "@/lib/auth/own-password";
import { kaspiAccess } from "@/lib/exits/access";

export const create = action(newApiKeySchema, async (caller, { current, life, ...given }) => {
  const { db, clock } = kaspiAccess();
  await requireOwnPassword(db, caller, current, clock());
  const wanted = { ...given, lifeMs: lifeMs(life) };
  const key = await createApiKey(db, caller.id, wanted, { by: caller.id, now: clock() });
  revalidatePath("/settings/keys");
  return { key };
});

export const revoke = action(keyIdSchema, async (caller, { keyId }) => {
  const { db, clock } = kaspiAccess();
  await revokeApiKey(db, caller, keyId, clock());
  revalidatePath("/settings/keys");
});
