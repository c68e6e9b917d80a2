import { and, asc, desc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { heldPermissions, sharedStores } from "@/lib/auth/permission-queries";
import { dropTwoFactor } from "@/lib/auth/two-factor";
import { endSessions } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { userGroups } from "@/lib/db/schema/groups";
import { passwordResets } from "@/lib/db/schema/people";
import { users } from "@/lib/db/schema/workspace";
import { builtInGroup, groupsOf, setGroups } from "./group-queries";
import { endGivenLinks } from "./invite-queries";
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
    .select({ ...columns, groupIds, permissions: heldPermissions, shares: sharedStores })
    .from(users)
    .where(q === "" ? undefined : or(ilike(users.name, like), ilike(users.email, like)))
    .orderBy(sort.startsWith("-") ? desc(by) : asc(by), asc(users.id));
}

/** The person, the caller and all owners, each locked in the order of their ids until the change is made. */
export function lockPeople(tx: Tx, ids: string[]) {
  return tx
    .select({
      ...columns,
      locale: users.locale,
      permissions: heldPermissions,
      shares: sharedStores,
    })
    .from(users)
    .where(or(inArray(users.id, ids), eq(users.role, "owner")))
    .orderBy(asc(users.id))
    .for("update");
}

async function setActive(tx: Tx, userId: string, isActive: boolean): Promise<void> {
  await tx.update(users).set({ isActive, resetAskedAt: null }).where(eq(users.id, userId));
  await tx.delete(passwordResets).where(eq(passwordResets.userId, userId));
  await endSessions(tx, userId);
}

/** A blocked person is out at once; what would lead them back in, or has been given in their name, is void for good. */
async function block(tx: Tx, userId: string, now: Date): Promise<void> {
  await setActive(tx, userId, false);
  await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)));
  await voidWord(tx, userId, now);
}

/** Links that are worth somebody's word as an owner: nobody comes in by them any more. */
async function voidWord(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.delete(passwordResets).where(eq(passwordResets.createdBy, userId));
  await endGivenLinks(tx, userId, now);
}

async function setRole(tx: Tx, userId: string, role: Person["role"]): Promise<void> {
  await tx.update(users).set({ role }).where(eq(users.id, userId));
}

/** An owner need not have been in a group: whoever is one no more goes on as a seller. */
async function demote(tx: Tx, userId: string, now: Date): Promise<void> {
  await setRole(tx, userId, "member");
  await voidWord(tx, userId, now);
  const theirs = await groupsOf(tx, userId);
  if (theirs.length === 0) await setGroups(tx, userId, [await builtInGroup(tx, "sellers")]);
}

export const carryOut: Record<PersonAct, (tx: Tx, userId: string, now: Date) => Promise<void>> = {
  block,
  unblock: (tx, userId) => setActive(tx, userId, true),
  promote: (tx, userId) => setRole(tx, userId, "owner"),
  demote,
  drop_two_factor: dropTwoFactor,
};
