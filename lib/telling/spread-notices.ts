import type { TellingAccess } from "./access";
import { type Listener, listeners } from "./listener-queries";
import {
  aloneSpreading,
  markSpread,
  passOverResolved,
  tellOne,
  tellPersonal,
  unspread,
} from "./spread-queries";

const BATCH = 1_000;

/**
 * Writes down who is to be told of what in Telegram: of every notice that is news, each person who may see it in
 * the office, wants it and can be reached. A notice is spread once, however many processes do it and whenever
 * they die; it is spread all the same when nobody is there to hear it. Returns how many notices it were.
 */
export async function spreadNotices({
  db,
  clock,
  telegram,
}: Pick<TellingAccess, "db" | "clock" | "telegram">): Promise<number> {
  let people: Listener[] | null = null;
  let spread = 0;
  for (;;) {
    const count = await db.transaction(async (tx) => {
      if (!(await aloneSpreading(tx))) return 0;
      const now = clock();
      await passOverResolved(tx, now);
      const some = await unspread(tx, BATCH);
      if (some.length === 0) return 0;
      people ??= telegram ? await listeners(tx) : [];
      await tellPersonal(tx, people, some, now);
      for (const listener of people) await tellOne(tx, listener, some, now);
      await markSpread(
        tx,
        some.map(({ id }) => id),
        now,
      );
      return some.length;
    });
    spread += count;
    if (count < BATCH) return spread;
  }
}
