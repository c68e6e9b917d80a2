import { and, eq, gt } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { DAY, later } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { workspace } from "@/lib/db/schema/workspace";
import type { NewUser } from "./model";
import { hashOf, newToken } from "./one-time-token";
import { createOwner, hasUsers } from "./users";

/** A new one-time token for the first owner, or null when somebody owns the installation already. */
export async function issueSetupToken(db: Db, now: Date): Promise<string | null> {
  if (await hasUsers(db)) return null;
  const token = newToken();
  await db
    .update(workspace)
    .set({ setupTokenHash: hashOf(token), setupTokenExpiresAt: later(now, 2 * DAY) });
  return token;
}

const validToken = (token: string, now: Date) =>
  and(eq(workspace.setupTokenHash, hashOf(token)), gt(workspace.setupTokenExpiresAt, now));

/** Whether the link still works; used to show the right page before anything is typed. */
export async function isSetupTokenValid(tx: Tx, token: string, now: Date): Promise<boolean> {
  if (await hasUsers(tx)) return false;
  const [row] = await tx.select({ id: workspace.id }).from(workspace).where(validToken(token, now));
  return row !== undefined;
}

/** Spends the token and creates the owner in one transaction. Throws `gone` for a used or old link. */
export async function createFirstOwner(
  db: Db,
  token: string,
  owner: NewUser,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const spent = await tx
      .update(workspace)
      .set({ setupTokenHash: null, setupTokenExpiresAt: null })
      .where(validToken(token, now))
      .returning({ id: workspace.id });
    if (spent.length === 0 || (await hasUsers(tx))) throw new AppError("gone", "setup_link_used");
    return createOwner(tx, owner, now);
  });
}
