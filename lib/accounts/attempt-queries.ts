import { and, asc, eq, gt, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import { AppError } from "@/lib/core/errors";
import { isPhone, loginLabel } from "@/lib/core/login-label";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema/workspace";
import type { Asker } from "./model";

/** A text message goes to whoever's phone is typed: nobody is to be pestered through us. */
const limits = {
  phone: { most: 10, windowMs: HOUR },
  email: { most: 60, windowMs: 10 * MINUTE },
};

/**
 * Notes in the audit that a login of a person's to Kaspi begins. Throws `rate_limited` for a person who
 * begins too often, whatever the login and whoever asks for it.
 */
export async function noteAttempt(
  db: Db,
  { userId, by }: Asker,
  login: string,
  now: Date,
): Promise<void> {
  const way = isPhone(login) ? "phone" : "email";
  const { most, windowMs } = limits[way];
  const action = `account.login_by_${way}` as const;
  const since = later(now, -windowMs);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${action}:${userId}`}))`);
    const begun = await tx
      .select({ at: auditLog.at })
      .from(auditLog)
      .where(
        and(eq(auditLog.subjectId, userId), eq(auditLog.action, action), gt(auditLog.at, since)),
      )
      .orderBy(asc(auditLog.at))
      .limit(most);
    const [oldest] = begun;
    if (oldest && begun.length >= most) {
      const retryAfterMs = Math.max(1, oldest.at.getTime() - since.getTime());
      throw new AppError("rate_limited", "too_many_kaspi_logins", { retryAfterMs });
    }
    const details = { login: loginLabel(login) };
    await audit(tx, { at: now, userId: by, action, subjectId: userId, details });
  });
}
