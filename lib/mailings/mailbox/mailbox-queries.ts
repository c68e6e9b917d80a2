import { desc, eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { mailboxLetters } from "@/lib/db/schema/mailings";

export const LETTERS_PER_PAGE = 50;

type KeptLetter = typeof mailboxLetters.$inferSelect;

export async function keepLetter(
  tx: Tx,
  letter: typeof mailboxLetters.$inferInsert,
): Promise<void> {
  await tx.insert(mailboxLetters).values(letter);
}

/** What was sent in a training office, the newest first. Throws `forbidden`. */
export async function listLetters(tx: Tx, caller: Caller, wanted: number) {
  requirePermission(caller, "view_mailing");
  const total = await tx.$count(mailboxLetters);
  const page = Math.min(wanted, Math.max(1, Math.ceil(total / LETTERS_PER_PAGE)));
  const { id, at, to, subject } = mailboxLetters;
  const rows = await tx
    .select({ id, at, to, subject })
    .from(mailboxLetters)
    .orderBy(desc(at), desc(id))
    .limit(LETTERS_PER_PAGE)
    .offset((page - 1) * LETTERS_PER_PAGE);
  return { rows, total, page };
}

/** One of them. Throws `forbidden`. */
export async function keptLetter(tx: Tx, caller: Caller, id: string): Promise<KeptLetter | null> {
  requirePermission(caller, "view_mailing");
  const [letter] = await tx.select().from(mailboxLetters).where(eq(mailboxLetters.id, id));
  return letter ?? null;
}
