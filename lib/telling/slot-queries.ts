import { sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { paces } from "@/lib/db/schema/api-keys";

const OUT = "telegram messages";

/**
 * The moment at which one more message may leave, of all processes together: each gets another. Waits for it
 * are the caller's. Null: none before `until`, and none is taken.
 */
export async function nextSlot(
  tx: Tx,
  everyMs: number,
  { now, until }: { now: Date; until: Date },
): Promise<Date | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const gap = sql`${everyMs}::float8 * interval '1 millisecond'`;
  const first = later(now, everyMs);
  const [taken] = await tx
    .insert(paces)
    .values({ who: OUT, pacedUntil: first })
    .onConflictDoUpdate({
      target: paces.who,
      set: { pacedUntil: sql`greatest(${paces.pacedUntil}, ${at}) + ${gap}` },
      setWhere: sql`greatest(${paces.pacedUntil}, ${at}) <= ${until.toISOString()}::timestamptz`,
    })
    .returning({ until: paces.pacedUntil });
  return taken?.until ? later(taken.until, -everyMs) : null;
}

/** Nothing leaves before then. */
export async function holdAll(tx: Tx, until: Date): Promise<void> {
  const pacedUntil = sql`greatest(${paces.pacedUntil}, ${until.toISOString()}::timestamptz)`;
  await tx
    .insert(paces)
    .values({ who: OUT, pacedUntil: until })
    .onConflictDoUpdate({ target: paces.who, set: { pacedUntil } });
}
