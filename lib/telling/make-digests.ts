import { dayStart, localDate } from "@/lib/core/local-time";
import { later, MINUTE } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import type { TellingAccess } from "./access";
import { happenings, insertDigest, isDigested, overdueOf } from "./digest-queries";
import { type Listener, listeners } from "./listener-queries";
import { minutesSince } from "./quiet-rules";
import { type Digest, digests } from "./topic-model";

/** Who was asleep with us for longer wants no news of the morning any more. */
const LATEST_MINUTES = 6 * 60;

/**
 * Makes the digests of everybody whose hour it is, by their own clock: what is overdue, and what has happened in
 * their stores the day before. Each once a day, and none when there is nothing to tell. Returns how many it were.
 */
export async function makeDigests({
  db,
  clock,
  telegram,
}: Pick<TellingAccess, "db" | "clock" | "telegram">): Promise<number> {
  if (!telegram) return 0;
  const now = clock();
  let made = 0;
  for (const listener of await listeners(db))
    for (const digest of digests) if (await makeOne(db, listener, digest, now)) made += 1;
  return made;
}

async function makeOne(db: Db, listener: Listener, digest: Digest, now: Date): Promise<boolean> {
  const { caller, timeZone, settings } = listener;
  const late = minutesSince(settings.digestAt, now, timeZone);
  if (late > LATEST_MINUTES || settings.off.includes(digest)) return false;
  // Its hour may have been before midnight.
  const due = later(now, -late * MINUTE);
  const own = { userId: caller.id, digest, date: localDate(due, timeZone) };
  if (await isDigested(db, own)) return false;
  const params = await contents[digest](db, listener, due);
  return insertDigest(db, { ...own, params }, now);
}

type Contents = (
  db: Db,
  listener: Listener,
  now: Date,
) => Promise<Record<string, string | number> | null>;

const contents: Record<Digest, Contents> = {
  async overdue(db, { caller }, now) {
    const { count, titles } = await overdueOf(db, caller.id, now);
    return count === 0 ? null : { count, titles: titles.join("\n") };
  },
  async day(db, { caller, timeZone }, now) {
    const until = dayStart(now, timeZone);
    const from = dayStart(now, timeZone, -1);
    const day = await happenings(db, caller, { from, until });
    return day.changes + day.orders === 0 ? null : { ...day, date: localDate(from, timeZone) };
  },
};
