import { eq } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { loginFailures, users } from "@/lib/db/schema/workspace";
import { audit } from "./audit";
import { type Caller, newPasswordSchema } from "./model";
import { verifyPassword } from "./password";
import { changePassword, noteAttempt } from "./users";

export const ownPasswordSchema = z.object({
  current: z.string().min(1, { error: "password_wrong" }).max(200, { error: "password_wrong" }),
  next: newPasswordSchema,
});

export async function renameSelf(db: Db, caller: Caller, name: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, caller.id));
    const details = { from: caller.name, to: name };
    await audit(tx, {
      at: now,
      userId: caller.id,
      action: "user.renamed",
      subjectId: caller.id,
      details,
    });
  });
}

/**
 * Changes the caller's password and ends every session of theirs, this one too: the page logs in anew.
 * Wrong present passwords count as failed logins. Throws `invalid` at the field, `rate_limited`.
 */
export async function changeOwnPassword(
  db: Db,
  caller: Caller,
  { current, next }: z.output<typeof ownPasswordSchema>,
  now: Date,
): Promise<void> {
  const attempt = await noteAttempt(db, caller.email, `user:${caller.id}`, now);
  const [user] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, caller.id));
  if (!user || !(await verifyPassword(current, user.passwordHash)))
    throw new AppError("invalid", "invalid", {
      details: [{ path: "current", message: "password_wrong" }],
    });
  await db.delete(loginFailures).where(eq(loginFailures.id, attempt));
  await db.transaction((tx) => changePassword(tx, caller.email.toLowerCase(), next, now));
}
