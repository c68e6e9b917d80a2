import { timingSafeEqual } from "node:crypto";
import { hashOf } from "@/lib/auth/one-time-token";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { markFetched, OLDEST_LIST_MS } from "@/lib/repricing/send/feed-queries";
import {
  chooseVersion,
  feedByToken,
  hasPriceLeftSince,
  lockServed,
  notePull,
  type ServedFeed,
} from "./feed-queries";
import { makeList } from "./make-list";
import { type NotReady, notReady } from "./ready-rules";
import { versionContent } from "./version-queries";

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

/** So long a version is served without making it anew, if no price has left meanwhile. */
const FRESH_MS = 60 * SECOND;
const AGAIN_MS = 30 * SECOND;
const STALE_AGAIN_MS = 300 * SECOND;
/** Prices may leave while a list is made. */
const MOST_TRIES = 3;

/**
 * The store's price list for Kaspi, which fetches it by an address that nobody can guess: of this very
 * moment, whole, and nothing at all where that cannot be had, since a short or an old list ends the sale of
 * what it lacks. Prices that waited in it have left from then on. Everybody who comes is written down.
 */
export async function serveFeed(access: Access, request: FeedRequest): Promise<FeedAnswer> {
  const feed = await feedByToken(access.db, hashOf(request.token));
  if (!feed) return { kind: "unknown" };
  if (!isLetIn(feed, request.authorization)) {
    await note(access, feed, request, { outcome: "unauthorized" });
    return { kind: "unauthorized" };
  }
  const why = notReady(readinessOf(feed), access.clock(), OLDEST_LIST_MS);
  if (why) return refuse(access, feed, request, why);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const version = await freshVersion(access, feed, tries > 0);
    if (version.errors > 0) return refuse(access, feed, request, "errors");
    const answer = await hand(access, feed, request, version);
    if (answer) return answer;
  }
  return refuse(access, feed, request, "changing");
}

/** Basic auth with the login and password that were set; all of it at one length, in constant time. */
function isLetIn({ basicHash }: ServedFeed, authorization: string | null): boolean {
  if (basicHash === null) return true;
  const [, packed = ""] = /^basic\s+([a-z0-9+/=]+)$/i.exec(authorization ?? "") ?? [];
  const given = hashOf(Buffer.from(packed, "base64").toString("utf8"));
  return timingSafeEqual(Buffer.from(given), Buffer.from(basicHash));
}

const readinessOf = (feed: ServedFeed) => ({
  isStopped: feed.storeStoppedAt !== null || feed.allStoppedAt !== null,
  isChanging: feed.isChanging,
  isPaused: !feed.isActive || feed.officialOnly,
  wholeSince: feed.wholeSince,
});

type Version = { id: string; hash: string; number: number; madeAt: Date; errors: number };

/** The version chosen last while it is fresh, else one of now. */
async function freshVersion(
  { db, clock }: Access,
  feed: ServedFeed,
  isOvertaken: boolean,
): Promise<Version> {
  const { listId, hash, number, madeAt, checkedAt, errors } = feed;
  const isKnown = listId !== null && hash !== null && number !== null && madeAt !== null;
  const isFresh = checkedAt !== null && clock().getTime() - checkedAt.getTime() < FRESH_MS;
  if (isKnown && isFresh && !isOvertaken && !(await hasPriceLeftSince(db, feed.storeId, checkedAt)))
    return { id: listId, hash, number, madeAt, errors: errors ?? 0 };
  const store = { id: feed.storeId, name: feed.name, merchantId: feed.merchantId };
  const made = await makeList({ db, clock }, store, { why: "feed", rollsBackTo: null, by: null });
  await chooseVersion(db, feed.storeId, made.id);
  return made;
}

/** Hands the version over and marks what was in it as gone; null: it is not the one to be served any more. */
async function hand(
  { db, clock }: Access,
  feed: ServedFeed,
  request: FeedRequest,
  { id, hash, number, madeAt }: Version,
): Promise<FeedAnswer | null> {
  const { storeId } = feed;
  const etag = `W/"${hash}"`;
  if (tagsOf(request.ifNoneMatch).includes(etag)) {
    const pull = { storeId, at: clock(), number, ...from(request) };
    await notePull(db, { ...pull, outcome: "unchanged" });
    return { kind: "unchanged", etag };
  }
  const { xml } = await versionContent(db, id);
  const isServed = await db.transaction(async (tx) => {
    if (!(await lockServed(tx, storeId, id))) return false;
    if (request.isHead) return true;
    const now = clock();
    await markFetched(tx, id, now);
    const pull = { storeId, at: now, number, ...from(request) };
    await notePull(tx, { ...pull, bytes: xml.byteLength, outcome: "served" });
    return true;
  });
  return isServed ? { kind: "list", xml, etag, madeAt } : null;
}

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
