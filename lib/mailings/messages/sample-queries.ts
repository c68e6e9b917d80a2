import { and, desc, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import { inSight } from "@/lib/mailings/rights";

const MOST_OFFERED = 50;

/** Addresses whose words a letter may be looked at with: the caller's newest. */
export async function sampleAddresses(tx: Tx, caller: Caller): Promise<string[]> {
  const rows = await tx
    .select({ email: recipients.email })
    .from(recipients)
    .where(eq(recipients.ownerId, caller.id))
    .orderBy(desc(recipients.createdAt), desc(recipients.id))
    .limit(MOST_OFFERED);
  return rows.map(({ email }) => email);
}

/** A recipient that the caller sees, by their address; the caller's own before others'. */
export async function recipientAt(tx: Tx, caller: Caller, email: string) {
  const [recipient] = await tx
    .select({ email: recipients.email, fullName: recipients.fullName })
    .from(recipients)
    .where(
      and(
        sql`lower(${recipients.email}) = lower(${email})`,
        inSight(caller, "recipient", recipients.ownerId),
      ),
    )
    .orderBy(sql`${recipients.ownerId} = ${caller.id} desc`, recipients.id)
    .limit(1);
  return recipient ?? null;
}
