import { auditSchema } from "@/lib/audit/address";
import { auditPage } from "@/lib/audit/queries";
import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { DAY, later, systemClock } from "@/lib/core/time";
import { asMember } from "../support/person";
import { newDatabase } from "./database";
import type { Bench, Figure } from "./figure";
import { median } from "./stopwatch";

const ENTRIES = 1_000_000;
const STORES = 21;
const ROUNDS = 9;
const PAGE = 50;
const storeId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, "0")}`;

/** What a page of the audit asks Postgres, by who asks and for what, and how much room the entries take. */
export const bench: Bench = async () => {
  const { db, sql } = await newDatabase();
  const person = async (name: string): Promise<Caller> => {
    const user = { email: `${name}@example.kz`, name, password: "a long password" };
    const caller = await findCaller(db, await createOwner(db, user, systemClock()), 1);
    if (!caller) throw new Error("the user was not created");
    return caller;
  };
  const owner = await person("owner");
  const host = await person("host");
  const member = {
    ...asMember(host),
    permissions: new Set(["view_audit", "view_store", "view_product"] as const),
  };
  await sql`insert into stores (id, user_id, merchant_id, name)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      case when n = 1 then ${host.id}::uuid else ${owner.id}::uuid end, n, 'Store ' || n
    from generate_series(1, ${STORES}) as n`;
  await sql`insert into audit_log (at, user_id, store_id, action, subject_id, details, address, request_id)
    select now() - n * interval '20 seconds',
      case n % 5 when 0 then null when 1 then ${host.id}::uuid else ${owner.id}::uuid end,
      ('00000000-0000-4000-8000-' || lpad((n % ${STORES} + 1)::text, 12, '0'))::uuid,
      (array['product.limits_changed', 'product.bot_on', 'product.rule_changed', 'store.renamed',
        'account.renewed'])[n % 5 + 1],
      gen_random_uuid()::text,
      '{"before": {"floor": 12000, "ceiling": null}, "after": {"floor": 11500, "ceiling": 15000}}',
      '10.0.0.' || n % 200, gen_random_uuid()::text
    from generate_series(1, ${ENTRIES}) as n`;
  await sql`vacuum analyze`;
  const now = systemClock();
  const page = (caller: Caller, query = {}, before?: { at: Date; id: string }) =>
    auditPage(db, caller, { query: auditSchema.parse(query), before, now, limit: PAGE });
  const deep = { at: later(now, -100 * DAY), id: storeId(0) };
  const asked: [string, () => Promise<unknown>][] = [
    ["for an owner", () => page(owner)],
    ["far back", () => page(owner, {}, deep)],
    ["of one store", () => page(owner, { store: storeId(7) })],
    [
      "of one person and one kind of change",
      () => page(owner, { person: host.id, action: "product" }),
    ],
    ["of one address", () => page(owner, { address: "10.0.0.7" })],
    ["for a member with one store", () => page(member)],
  ];
  const figures: Figure[] = [];
  for (const [what, ask] of asked) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await ask();
      rounds.push(performance.now() - begun);
    }
    const named = `a page of ${ENTRIES.toLocaleString("en")} entries of the audit, ${what}`;
    figures.push({ what: named, value: median(rounds), unit: "ms", target: { most: 50 } });
  }
  const [room] = await sql<{ mb: number }[]>`
    select (pg_total_relation_size('audit_log') / 1e6)::float as mb`;
  figures.push({ what: "room of as many, with their indexes", value: room?.mb ?? 0, unit: "MB" });
  return figures;
};
