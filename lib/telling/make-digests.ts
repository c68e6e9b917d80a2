import { dayStart, localDate } from "@/lib/core/local-time";
import type { Db } from "@/lib/db/client";
import type { TellingAccess } from "./access";
import { happenings, insertDigest, isDigested, overdueOf } from "./digest-queries";
import { type Listener, listeners } from "./listener-queries";
import { sinceMinute } from "./quiet-rules";
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
  const { minutes, daysAgo } = sinceMinute(settings.digestAt, now, timeZone);
  if (minutes > LATEST_MINUTES || settings.off.includes(digest)) return false;
  const day = dayStart(now, timeZone, -daysAgo);
  const own = { userId: caller.id, digest, date: localDate(day, timeZone) };
  if (await isDigested(db, own)) return false;
  const params = await contents[digest](db, listener, { now, day });
  return insertDigest(db, { ...own, params }, now);
}

type Contents = (
  db: Db,
  listener: Listener,
  /** `day`: the beginning of the day whose digest it is. */
  at: { now: Date; day: Date },
) => Promise<Record<string, string | number> | null>;

const contents: Record<Digest, Contents> = {
  async overdue(db, { caller }, { now }) {
    const { count, titles } = await overdueOf(db, caller.id, now);
    return count === 0 ? null : { count, titles: titles.join("\n") };
  },
  async day(db, { caller, timeZone }, { day: until }) {
    const from = dayStart(until, timeZone, -1);
    const told = await happenings(db, caller, { from, until });
    return told.changes + told.orders === 0 ? null : { ...told, date: localDate(from, timeZone) };
  },
};
