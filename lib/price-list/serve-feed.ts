import { timingSafeEqual } from "node:crypto";
import { hashOf } from "@/lib/auth/one-time-token";
import { isAppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { markFetched, SETTLING_MS } from "@/lib/repricing/send/feed-queries";
import {
  feedByToken,
  hasWaiting,
  holdFeed,
  lockFeed,
  notePull,
  releaseFeed,
  type ServedFeed,
} from "./feed-queries";
import { makeList } from "./make-list";
import { lockReady } from "./readiness-queries";
import type { NotReady } from "./ready-rules";
import { type ListVersion, packedBytes, versionContent } from "./version-queries";

export type FeedRequest = {
  token: string;
  /** The header of Basic auth, as it came. */
  authorization: string | null;
  ifNoneMatch: string | null;
  /** A look at the headers only: nothing is fetched by it. */
  isHead: boolean;
  address: string;
  agent: string | null;
};

export type FeedAnswer =
  | { kind: "unknown" }
  | { kind: "unauthorized" }
  | { kind: "not_ready"; why: NotReady; retryAfterMs: number }
  | { kind: "unchanged"; etag: string }
  /** The XML packed with gzip. */
  | { kind: "list"; xml: Buffer; etag: string; madeAt: Date };

type Access = Pick<KaspiAccess, "db" | "clock">;

const AGAIN_MS = 30 * SECOND;
const STALE_AGAIN_MS = 300 * SECOND;
/** A list of a large shop is made in seconds, after those of other shops; nothing else leaves meanwhile. */
const MAKING_MS = 5 * MINUTE;
/** Kaspi comes hourly. Whoever comes more often must not keep prices back for ever. */
const LEAST_BETWEEN_HOLDS_MS = 30 * MINUTE;

/**
 * The store's price list for Kaspi, which fetches it by an address that nobody can guess: of this very
 * moment, whole, and nothing at all where that cannot be had, since a short or an old list ends the sale of
 * what it lacks. While it is made, and while Kaspi works on it, no single price leaves, or the list would put
 * it back. Prices that waited in it have left from then on. Everybody who comes is written down.
 */
export async function serveFeed(access: Access, request: FeedRequest): Promise<FeedAnswer> {
  const feed = await feedByToken(access.db, hashOf(request.token));
  if (!feed) return { kind: "unknown" };
  if (!isLetIn(feed, request.authorization)) {
    await note(access, feed, request, { outcome: "unauthorized" });
    return { kind: "unauthorized" };
  }
  const held = heldVersion(feed, access.clock());
  if (held && isKnown(request, held) && !(await hasWaiting(access.db, held.id)))
    return unchanged(access, feed, request, held);
  const hold = await holdStore(access, feed);
  if (hold.kind === "refused") return refuse(access, feed, request, hold.why);
  try {
    const answer = await serve(access, feed, request, hold.isNew ? null : held);
    const isTaken = answer.kind === "list" && !request.isHead;
    if (hold.isNew && !isTaken) await releaseFeed(access.db, feed.storeId);
    return answer;
  } catch (error) {
    if (hold.isNew) await releaseFeed(access.db, feed.storeId);
    if (!isAppError(error, "unavailable")) throw error;
    return refuse(access, feed, request, "changing");
  }
}

/** Basic auth with the login and password that were set; all of it at one length, in constant time. */
function isLetIn({ basicHash }: ServedFeed, authorization: string | null): boolean {
  if (basicHash === null) return true;
  const [, packed = ""] = /^basic\s+([a-z0-9+/=]+)$/i.exec(authorization ?? "") ?? [];
  const given = hashOf(Buffer.from(packed, "base64").toString("utf8"));
  return timingSafeEqual(Buffer.from(given), Buffer.from(basicHash));
}

type Version = Pick<ListVersion, "id" | "hash" | "number" | "madeAt" | "errors">;

/** The version of the hold that lasts: nothing has left since it was made. */
function heldVersion(feed: ServedFeed, now: Date): Version | null {
  const { listId, hash, number, madeAt, checkedAt, errors, heldSince, heldUntil } = feed;
  if (listId === null || hash === null || number === null || madeAt === null) return null;
  const isHeld = heldUntil !== null && heldUntil > now && heldSince !== null;
  if (!isHeld || checkedAt === null || checkedAt < heldSince) return null;
  return { id: listId, hash, number, madeAt, errors: errors ?? 0 };
}

type Hold = { kind: "held"; isNew: boolean } | { kind: "refused"; why: NotReady };

/** From now on nothing leaves: what has begun to is known to the list, what has not waits. */
function holdStore({ db, clock }: Access, { storeId }: ServedFeed): Promise<Hold> {
  return db.transaction(async (tx): Promise<Hold> => {
    const feed = await lockFeed(tx, storeId);
    const now = clock();
    const why = await lockReady(tx, storeId, now);
    if (why) return { kind: "refused", why };
    const isNew = feed?.heldUntil == null || feed.heldUntil <= now;
    if (isNew) await holdFeed(tx, storeId, { since: now, until: later(now, MAKING_MS) });
    return { kind: "held", isNew };
  });
}

async function serve(
  access: Access,
  feed: ServedFeed,
  request: FeedRequest,
  held: Version | null,
): Promise<FeedAnswer> {
  const { storeId, name, merchantId } = feed;
  const store = { id: storeId, name, merchantId };
  const version = held ?? (await makeList(access, store, { why: "feed", by: null }));
  if (version.errors > 0) return refuse(access, feed, request, "errors");
  const isOld = isKnown(request, version) && !(await hasWaiting(access.db, version.id));
  if (isOld) return unchanged(access, feed, request, version);
  if (request.isHead) return handedOver(access, version);
  const why = await markServed(access, feed, request, version);
  return why ? refuse(access, feed, request, why) : handedOver(access, version);
}

async function handedOver({ db }: Access, version: Version): Promise<FeedAnswer> {
  const { xml } = await versionContent(db, version.id);
  return { kind: "list", xml, etag: etagOf(version), madeAt: version.madeAt };
}

/** What was in it has left from now on; why it may not, if something has come between. */
function markServed(
  { db, clock }: Access,
  { storeId }: ServedFeed,
  request: FeedRequest,
  { id, number }: Version,
): Promise<NotReady | null> {
  return db.transaction(async (tx) => {
    const feed = await lockFeed(tx, storeId);
    if (feed?.isOn !== true || feed.listId !== id) return "changing";
    const now = clock();
    // Made for longer than it was held: something may have left.
    if (feed.heldUntil === null || feed.heldUntil <= now) return "changing";
    const why = await lockReady(tx, storeId, now);
    if (why) return why;
    await markFetched(tx, id, now);
    const since = feed.heldSince ?? now;
    const isLately =
      feed.fetchedAt !== null && feed.fetchedAt > later(now, -LEAST_BETWEEN_HOLDS_MS);
    if (!isLately) await holdFeed(tx, storeId, { since, until: later(now, SETTLING_MS) });
    const bytes = await packedBytes(tx, id);
    await notePull(tx, { storeId, at: now, number, bytes, ...from(request), outcome: "served" });
    return null;
  });
}

async function unchanged(
  { db, clock }: Access,
  { storeId }: ServedFeed,
  request: FeedRequest,
  version: Version,
): Promise<FeedAnswer> {
  const { number } = version;
  await notePull(db, { storeId, at: clock(), number, ...from(request), outcome: "unchanged" });
  return { kind: "unchanged", etag: etagOf(version) };
}

const etagOf = ({ hash, number }: Version) => `W/"${number}-${hash}"`;

const isKnown = ({ ifNoneMatch }: FeedRequest, version: Version) =>
  tagsOf(ifNoneMatch).includes(etagOf(version));

/** Strong or weak, packed or not: it is the same list. */
const tagsOf = (header: string | null) =>
  (header ?? "").split(",").map((tag) => `W/${tag.trim().replace(/^W\//, "")}`);

async function refuse(
  access: Access,
  feed: ServedFeed,
  request: FeedRequest,
  why: NotReady,
): Promise<FeedAnswer> {
  await note(access, feed, request, { outcome: "not_ready", why });
  return { kind: "not_ready", why, retryAfterMs: why === "changing" ? AGAIN_MS : STALE_AGAIN_MS };
}

const LONGEST_AGENT = 200;
const from = ({ address, agent }: FeedRequest) => ({
  address,
  agent: agent?.slice(0, LONGEST_AGENT) ?? null,
});

function note(
  { db, clock }: Access,
  { storeId }: ServedFeed,
  request: FeedRequest,
  what: { outcome: "unauthorized" | "not_ready"; why?: NotReady },
): Promise<void> {
  return notePull(db, { storeId, at: clock(), ...from(request), ...what });
}
