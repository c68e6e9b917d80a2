import type postgres from "postgres";

/** What changes by being asked at all, and says nothing about anybody. */
const ofEverybody = new Set(["public.login_failures", "public.paces"]);

type Table = { name: string; columns: string[] };

/** A fingerprint of every row that is not the person's own: who may change nothing leaves it as it was. */
export async function fingerprint(
  sql: postgres.Sql,
  userId: string,
  /** Only these tables. */
  only?: readonly string[],
): Promise<string> {
  const tables = await sql<Table[]>`
    select format('%I.%I', table_schema, table_name) as name, array_agg(column_name::text) as columns
    from information_schema.columns
    where table_schema in ('public', 'jobs') and is_generated = 'NEVER'
      and exists (select from pg_tables t where t.schemaname = table_schema and t.tablename = table_name)
    group by 1 order by 1`;
  const parts = tables
    .filter(({ name }) => !ofEverybody.has(name))
    .filter(({ name }) => !only || only.includes(name.replace("public.", "")))
    .map(({ name, columns }) => {
      const own = name === "public.users" ? "id" : "user_id";
      const others = columns.includes(own)
        ? `where r.${own}::text is distinct from '${userId}'`
        : "";
      return `select '${name}' as name, md5(coalesce(string_agg(r::text, ',' order by r::text), '')) as rows
        from ${name} r ${others}`;
    });
  const rows = await sql.unsafe<{ name: string; rows: string }[]>(
    `${parts.join(" union all ")} order by name`,
  );
  return rows.map(({ name, rows: hash }) => `${name} ${hash}`).join("\n");
}
