import { asc, desc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { heldPermissions } from "@/lib/auth/permission-queries";
import { dropTwoFactor } from "@/lib/auth/two-factor";
import { endSessions } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import { userGroups } from "@/lib/db/schema/groups";
import { passwordResets } from "@/lib/db/schema/people";
import { users } from "@/lib/db/schema/workspace";
import { builtInGroup, groupsOf, setGroups } from "./group-queries";
import type { PeopleList, Person, PersonAct } from "./model";

const columns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  isActive: users.isActive,
  lastLoginAt: users.lastLoginAt,
  hasTwoFactor: sql<boolean>`${users.totpSince} is not null`,
  resetAskedAt: users.resetAskedAt,
};

const groupIds = sql<string[]>`array(select mine.group_id from ${userGroups} mine
  where mine.user_id = ${users}.id)`;

const orders = {
  name: sql`lower(${users.name})`,
  role: sql`${users.role}`,
  seen: sql`coalesce(${users.lastLoginAt}, 'epoch')`,
  state: sql`${users.isActive}`,
} satisfies Record<string, SQL>;

/** Everybody with an account, or those whose name or e-mail has the words in it. */
export function listPeople(tx: Tx, { q, sort }: PeopleList): Promise<Person[]> {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const by = orders[sort.replace("-", "") as keyof typeof orders];
  return tx
    .select({ ...columns, groupIds, permissions: heldPermissions })
    .from(users)
    .where(q === "" ? undefined : or(ilike(users.name, like), ilike(users.email, like)))
    .orderBy(sort.startsWith("-") ? desc(by) : asc(by), asc(users.id));
}

/** The person, the caller and all owners, each locked in the order of their ids until the change is made. */
export function lockPeople(tx: Tx, ids: string[]) {
  return tx
    .select({ ...columns, locale: users.locale, permissions: heldPermissions })
    .from(users)
    .where(or(inArray(users.id, ids), eq(users.role, "owner")))
    .orderBy(asc(users.id))
    .for("update");
}

/** A blocked person is out at once, and what would lead them back in is void. */
async function setActive(tx: Tx, userId: string, isActive: boolean): Promise<void> {
  await tx.update(users).set({ isActive, resetAskedAt: null }).where(eq(users.id, userId));
  await tx.delete(passwordResets).where(eq(passwordResets.userId, userId));
  await endSessions(tx, userId);
}

async function setRole(tx: Tx, userId: string, role: Person["role"]): Promise<void> {
  await tx.update(users).set({ role }).where(eq(users.id, userId));
}

/** An owner need not have been in a group: whoever is one no more goes on as a seller. */
async function demote(tx: Tx, userId: string): Promise<void> {
  await setRole(tx, userId, "member");
  const theirs = await groupsOf(tx, userId);
  if (theirs.length === 0) await setGroups(tx, userId, [await builtInGroup(tx, "sellers")]);
}

export const carryOut: Record<PersonAct, (tx: Tx, userId: string) => Promise<void>> = {
  block: (tx, userId) => setActive(tx, userId, false),
  unblock: (tx, userId) => setActive(tx, userId, true),
  promote: (tx, userId) => setRole(tx, userId, "owner"),
  demote,
  drop_two_factor: dropTwoFactor,
};
