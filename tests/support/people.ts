import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { signIn } from "@/lib/auth/sign-in";
import { findCaller, insertUser } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { later } from "@/lib/core/time";
import { auditLog, users } from "@/lib/db/schema/workspace";
import type { Mail, Mailer } from "@/lib/mail/mailer";
import type { PeopleAccess } from "@/lib/people/access";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "./database";

export const password = "a long password";

/** People and what leads them in, without Kaspi: a clock to move, and letters to read when asked for. */
export async function testPeople() {
  const database = await testDatabase();
  const { db } = database;
  await bindToKaspi(db, "twin");
  let now = new Date("2026-03-02T09:00:00Z");
  const access: PeopleAccess = {
    db,
    vault: createVault(Buffer.alloc(32, "test key").toString("base64")),
    clock: () => now,
    mailer: null,
    origin: "https://office.example.kz",
  };
  const letters: Mail[] = [];
  let takesLetters = true;
  const mailer: Mailer = {
    async send(mail) {
      if (takesLetters) letters.push(mail);
      return takesLetters;
    },
  };
  let count = 0;
  return {
    database,
    access,
    /** The same with a mail server. */
    mailing: { ...access, mailer },
    letters,
    refuseLetters: (refused: boolean) => {
      takesLetters = !refused;
    },
    advance(milliseconds: number) {
      now = later(now, milliseconds);
    },
    /** Somebody new, as they are when they have just come in. */
    async person(role: Caller["role"] = "member"): Promise<Caller> {
      count += 1;
      const email = `person-${count}@example.kz`;
      const id = await insertUser(db, { email, name: email, password, role }, now);
      return (await findCaller(db, id, 1)) ?? expect.fail("the user was not created");
    },
    /** Whether the password, and the code, lead in. */
    enter: (email: string, word: string, code?: string) =>
      signIn(access, { email, password: word, address: "10.0.0.1", ...(code && { code }) }, now),
    async rowOf({ id }: { id: string }) {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      return row ?? expect.fail("nobody");
    },
    async audited(subjectId: string): Promise<string[]> {
      const rows = await db.select().from(auditLog).where(eq(auditLog.subjectId, subjectId));
      return rows.map(({ action }) => action);
    },
  };
}

/** The token at the end of a link. */
export const tokenIn = (link: string | null) => new URL(link ?? "").searchParams.get("token") ?? "";
