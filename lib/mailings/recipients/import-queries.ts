import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import { MOST_TAGS } from "../model";
import type { SaidRecipient } from "./recipient-lines";

/** Of these addresses, in small letters, those that the owner has, with their tags. */
export async function addressesThere(
  tx: Tx,
  ownerId: string,
  emails: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.execute<{ email: string; tags: string[] }>(sql`
    select lower(email) as email, tags from ${recipients}
    where owner_id = ${ownerId} and lower(email) = any(${sql.param([...emails])}::text[])`);
  return new Map(rows.map(({ email, tags }) => [email, tags]));
}

const asRows = (said: readonly SaidRecipient[]) =>
  JSON.stringify(
    said.map(({ email, fullName, comment, tags }) => ({
      email,
      full_name: fullName,
      comment,
      tags,
    })),
  );

const shape = sql`as said(email text, full_name text, comment text, tags text[])`;

/** Adds those who are not there, in one statement. */
export async function insertSaid(
  tx: Tx,
  ownerId: string,
  said: readonly SaidRecipient[],
  now: Date,
): Promise<void> {
  if (said.length === 0) return;
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into ${recipients} (owner_id, email, full_name, comment, tags, created_at, updated_at)
    select ${ownerId}::uuid, email, full_name, comment, tags, ${at}, ${at}
    from jsonb_to_recordset(${asRows(said)}::text::jsonb) ${shape}
    on conflict do nothing`);
}

/** The tags in the order in which they came, each once. */
const merged = sql`array(select tag from unnest(held.tags || said.tags) with ordinality as listed(tag, nth)
  group by tag order by min(nth))`;

/** What a line says counts; an empty cell says nothing. Whether somebody wants letters is no file's to say. */
export async function updateSaid(
  tx: Tx,
  ownerId: string,
  said: readonly SaidRecipient[],
  now: Date,
): Promise<void> {
  if (said.length === 0) return;
  await tx.execute(sql`
    update ${recipients} held set
      full_name = coalesce(nullif(said.full_name, ''), held.full_name),
      comment = coalesce(nullif(said.comment, ''), held.comment),
      tags = ${merged},
      updated_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${asRows(said)}::text::jsonb) ${shape}
    where held.owner_id = ${ownerId} and lower(held.email) = lower(said.email)
      and cardinality(${merged}) <= ${MOST_TAGS}`);
}
