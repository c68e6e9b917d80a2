import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hashOf } from "@/lib/auth/one-time-token";
import { storePermissions } from "@/lib/auth/permission-model";
import { findActiveUser } from "@/lib/auth/users";
import { acceptInvite } from "@/lib/people/accept-invite";
import { testPeople } from "../support/people";

const office = await testPeople();
const { db } = office.access;
const { sql } = office.database;

/** The tables as they were before. */
async function asBefore(): Promise<void> {
  await sql`drop table user_groups, group_permissions, invite_groups, store_shares, groups`;
  await sql`alter table users add column can_view_all_stores boolean not null default false`;
}

const migration = readFileSync("drizzle/0034_permissions.sql", "utf8")
  .split("--> statement-breakpoint")
  .filter((statement) => statement.trim() !== "");

/** What came with a migration of its own later. */
const later: ReadonlySet<string> = new Set(["change_order"]);
const then = storePermissions.filter((permission) => !later.has(permission));

test("whoever was here may go on as before", async () => {
  const [owner, seller, viewer] = [
    await office.person("owner"),
    await office.person(),
    await office.person(),
  ];
  await asBefore();
  await sql`update users set can_view_all_stores = true where id in (${owner.id}, ${viewer.id})`;
  await sql`insert into invites (email, role, locale, token_hash, invited_by, sent_at, expires_at)
    values ('invited@example.kz', 'member', 'ru', ${hashOf("token")}, ${owner.id},
      ${office.access.clock().toISOString()}, '2027-01-01')`;
  for (const statement of migration) await sql.unsafe(statement);
  const now = async ({ id }: { id: string }) => (await findActiveUser(db, id))?.permissions;
  expect(await now(seller)).toEqual(new Set(then));
  expect(await now(viewer)).toEqual(new Set([...then, "can_view_all_stores"]));
  expect((await now(owner))?.size).toBeGreaterThan(storePermissions.length);
  const password = "a password of one's own";
  await acceptInvite(office.access, { token: "token", name: "Ерлан", password, locale: "ru" });
  const invited = await office.enter("invited@example.kz", password);
  expect(invited?.permissions).toEqual(new Set(then));
});
