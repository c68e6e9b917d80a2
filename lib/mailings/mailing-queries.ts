import { and, eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { mailings } from "@/lib/db/schema/mailings";
import { inSight } from "./rights";

/** The mailing, if the caller may see it. */
export async function seenMailing(tx: Tx, caller: Caller, id: number) {
  const [mailing] = await tx
    .select()
    .from(mailings)
    .where(and(eq(mailings.id, id), inSight(caller, "mailing", mailings.ownerId)));
  return mailing ?? null;
}
