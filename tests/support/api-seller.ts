import { eq } from "drizzle-orm";
import { insertUser } from "@/lib/auth/users";
import { groups, userGroups } from "@/lib/db/schema/groups";
import { keyOf } from "./api";
import type { TestOffice } from "./office";

/** Somebody in the database who may do with stores of their own what sellers may, and a key of theirs. */
export async function apiSeller(office: TestOffice, email: string) {
  const { db, clock } = office.access;
  const person = { email, name: email, password: "a long password" };
  const id = await insertUser(db, { ...person, role: "member" }, clock());
  const sellers = await db
    .select({ id: groups.id })
    .from(groups)
    .where(eq(groups.builtIn, "sellers"));
  await db.insert(userGroups).values(sellers.map((group) => ({ userId: id, groupId: group.id })));
  return { id, email, key: await keyOf(office, id) };
}
