import { hashPassword } from "@/lib/auth/password";
import { inOfficeDatabase } from "./office-database";

export type Somebody = { email: string; name: string; password: string };

/** A person of the office with a seller's rights in stores of their own, of which there are none. */
export async function letIn({ email, name, password }: Somebody): Promise<void> {
  const hash = await hashPassword(password);
  await inOfficeDatabase(
    (sql) => sql`
      with person as (
        insert into users (email, name, password_hash) values (${email}, ${name}, ${hash})
        on conflict do nothing returning id)
      insert into user_groups (user_id, group_id)
      select person.id, groups.id from person, groups where built_in = 'sellers'`,
  );
}
