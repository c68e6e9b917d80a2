import type { KaspiAccess } from "@/lib/exits/access";
import { assertAllowed } from "@/lib/exits/channels";
import { accountIdOf } from "./queries";

/** Throws `official_only` when the person allows Kaspi's cabinet for none of this login's stores. */
export async function assertLoginAllowed(
  access: KaspiAccess,
  userId: string,
  login: string,
): Promise<void> {
  const accountId = await accountIdOf(access.db, userId, login);
  if (accountId) await assertAllowed(access, { name: "login", of: accountId });
}
