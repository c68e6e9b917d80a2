import { eq } from "drizzle-orm";
import { z } from "zod";
import { isTimeZone } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";
import { type AuditEntry, audit } from "./audit";
import { type Caller, personNameSchema } from "./model";
import { endSessions } from "./users";

export const profileSchema = z.object({
  name: personNameSchema,
  /** Empty: as the workspace. */
  timeZone: z
    .string()
    .trim()
    .max(100, { error: "time_zone" })
    .transform((zone) => zone || null)
    .refine((zone) => zone === null || isTimeZone(zone), { error: "time_zone" }),
});

export async function saveProfile(
  db: Db,
  caller: Caller,
  { name, timeZone }: z.output<typeof profileSchema>,
  now: Date,
): Promise<void> {
  const details = {
    from: { name: caller.name, timeZone: caller.timeZone },
    to: { name, timeZone },
  };
  await db.transaction(async (tx) => {
    await tx.update(users).set({ name, timeZone }).where(eq(users.id, caller.id));
    await auditOwn(tx, caller, "user.profile_changed", now, details);
  });
}

export async function setLocale(
  db: Db,
  caller: Caller,
  locale: Caller["locale"],
  now: Date,
): Promise<void> {
  const details = { from: caller.locale, to: locale };
  await db.transaction(async (tx) => {
    await tx.update(users).set({ locale }).where(eq(users.id, caller.id));
    await auditOwn(tx, caller, "user.locale_changed", now, details);
  });
}

/** Ends every session of the caller, this one too. */
export async function signOutEverywhere(db: Db, caller: Caller, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await endSessions(tx, caller.id);
    await auditOwn(tx, caller, "user.sessions_ended", now);
  });
}

/** What a person does to their own account. */
export function auditOwn(
  tx: Parameters<typeof audit>[0],
  { id }: Caller,
  action: Extract<AuditEntry["action"], `user.${string}`>,
  now: Date,
  details: Record<string, unknown> = {},
): Promise<void> {
  return audit(tx, { at: now, userId: id, subjectId: id, action, details });
}
