import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { hashOf } from "@/lib/auth/one-time-token";
import type { Tx } from "@/lib/db/client";
import { inviteGroups } from "@/lib/db/schema/groups";
import { invites } from "@/lib/db/schema/people";
import { users } from "@/lib/db/schema/workspace";
import { groupsThere } from "./group-queries";
import type { Invite, NewInvite } from "./model";

const pending = and(isNull(invites.acceptedAt), isNull(invites.withdrawnAt));
/** A link is worth its giver's word, so it goes when they are blocked or no owner any more. */
const giverStands = sql<boolean>`exists (
  select from ${users} giver where giver.id = ${invites.invitedBy}
  and giver.is_active and giver.role = 'owner')`;

const usable = (token: string, now: Date) =>
  and(eq(invites.tokenHash, hashOf(token)), gt(invites.expiresAt, now), pending, giverStands);

export async function hasAccount(tx: Tx, email: string): Promise<boolean> {
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  return user !== undefined;
}

type Link = { tokenHash: string; invitedBy: string; sentAt: Date; expiresAt: Date };

/** An earlier open invite of the same e-mail is withdrawn. Null when another was made at the same moment. */
export async function insertInvite(
  tx: Tx,
  invite: Omit<NewInvite, "groupIds"> & Link,
): Promise<string | null> {
  await tx
    .update(invites)
    .set({ withdrawnAt: invite.sentAt })
    .where(and(eq(sql`lower(${invites.email})`, invite.email), pending));
  const [row] = await tx
    .insert(invites)
    .values(invite)
    .onConflictDoNothing()
    .returning({ id: invites.id });
  return row?.id ?? null;
}

/** The groups an invite leads into; those that are gone are left out. */
export async function setInviteGroups(
  tx: Tx,
  inviteId: string,
  groupIds: readonly string[],
): Promise<void> {
  const there = await groupsThere(tx, groupIds);
  if (there.length > 0)
    await tx.insert(inviteGroups).values(there.map((groupId) => ({ inviteId, groupId })));
}

export async function groupsOfInvite(tx: Tx, inviteId: string): Promise<string[]> {
  const rows = await tx
    .select({ groupId: inviteGroups.groupId })
    .from(inviteGroups)
    .where(eq(inviteGroups.inviteId, inviteId));
  return rows.map(({ groupId }) => groupId);
}

/** Gives a pending invite another link; the former one is void. */
export async function renewLink(tx: Tx, inviteId: string, link: Link) {
  const [invite] = await tx
    .update(invites)
    .set(link)
    .where(and(eq(invites.id, inviteId), pending))
    .returning();
  return invite ?? null;
}

export async function withdraw(tx: Tx, inviteId: string, now: Date) {
  const [invite] = await tx
    .update(invites)
    .set({ withdrawnAt: now })
    .where(and(eq(invites.id, inviteId), pending))
    .returning();
  return invite ?? null;
}

/** Uses the link up: of two who come at once, one gets the invite. */
export async function spendInvite(tx: Tx, token: string, now: Date) {
  const [invite] = await tx
    .update(invites)
    .set({ acceptedAt: now })
    .where(usable(token, now))
    .returning();
  return invite ?? null;
}

/** What a link leads to, or null when it does not work. */
export async function findInvite(tx: Tx, token: string, now: Date) {
  const [invite] = await tx
    .select({ email: invites.email, locale: invites.locale, invitedBy: users.name })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.invitedBy))
    .where(usable(token, now));
  return invite ?? null;
}

/** Those that are neither accepted nor withdrawn, the oldest first. */
export function listInvites(tx: Tx, now: Date): Promise<Invite[]> {
  return tx
    .select({
      id: invites.id,
      email: invites.email,
      role: invites.role,
      invitedBy: users.name,
      sentAt: invites.sentAt,
      expiresAt: invites.expiresAt,
      state: sql<Invite["state"]>`case when not ${giverStands} then 'void'
        when ${invites.expiresAt} <= ${now.toISOString()} then 'expired' else 'open' end`,
    })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.invitedBy))
    .where(pending)
    .orderBy(asc(invites.sentAt));
}

/** Ends the links of all that this person has invited and nobody has accepted; an owner may send new ones. */
export async function endGivenLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .update(invites)
    .set({ expiresAt: now })
    .where(and(eq(invites.invitedBy, userId), pending, gt(invites.expiresAt, now)));
}
