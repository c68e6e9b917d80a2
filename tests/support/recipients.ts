import { asc, eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import type { RecipientGiven } from "@/lib/mailings/recipients/recipient-model";
import { alsoMay } from "./person";

/** What a form says of somebody with this address. */
export const somebody = (email: string, more: Partial<RecipientGiven> = {}): RecipientGiven => ({
  ...{ email, fullName: "", comment: "", tags: [] },
  ...more,
});

/** Somebody's recipients by their addresses. */
export const recipientsOf = (db: Db, { id }: Pick<Caller, "id">) =>
  db
    .select()
    .from(recipients)
    .where(eq(recipients.ownerId, id))
    .orderBy(asc(recipients.email), asc(recipients.id));

/** Whoever writes letters of their own. */
export const asWriter = (caller: Caller): Caller =>
  alsoMay(caller, "view_recipient", "view_message", "view_mailing", "edit_mailing");

/** Whoever looks at everybody's, and changes nobody's: as the group of managers is made. */
export const asManager = (caller: Caller): Caller =>
  alsoMay(caller, "view_recipient", "can_view_all_recipients");
