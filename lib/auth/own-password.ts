import { eq } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";
import { insideOf, noteAttempt, takeBack } from "./attempts";
import { type Caller, newPasswordSchema } from "./model";
import { verifyPassword } from "./password";
import { changePassword } from "./users";

const current = z
  .string()
  .min(1, { error: "password_wrong" })
  .max(200, { error: "password_wrong" });

export const provenSchema = z.object({ current });
export const ownPasswordSchema = z.object({ current, next: newPasswordSchema });

/**
 * Whoever sits at an open browser is not yet the person. Wrong passwords count as failed logins.
 * Throws `invalid` at the field `current`, `rate_limited`.
 */
export async function requireOwnPassword(
  db: Db,
  caller: Caller,
  password: string,
  now: Date,
): Promise<void> {
  const account = caller.email.toLowerCase();
  const tried = { kind: "password", account, address: insideOf(caller.id) } as const;
  const attempt = await noteAttempt(db, tried, now);
  const [user] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, caller.id));
  if (!user || !(await verifyPassword(password, user.passwordHash)))
    throw new AppError("invalid", "invalid", {
      details: [{ path: "current", message: "password_wrong" }],
    });
  await takeBack(db, attempt);
}

/** Changes the caller's password and ends every session of theirs, this one too: the page logs in anew. */
export async function changeOwnPassword(
  db: Db,
  caller: Caller,
  { current, next }: z.output<typeof ownPasswordSchema>,
  now: Date,
): Promise<void> {
  await requireOwnPassword(db, caller, current, now);
  await db.transaction((tx) =>
    changePassword(tx, caller.email.toLowerCase(), next, now, "settings"),
  );
}
