import { inArray, lt } from "drizzle-orm";
import { mailboxLetters } from "@/lib/db/schema/mailings";
import type { Forget } from "./queries";

/** Letters of a training office, which nobody has got. */
export const forgetMailbox: Forget = async (tx, before, limit) => {
  const { id, at } = mailboxLetters;
  const old = tx.select({ id }).from(mailboxLetters).where(lt(at, before)).limit(limit);
  return (await tx.delete(mailboxLetters).where(inArray(id, old)).returning({ id })).length;
};
