import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveNotice } from "@/lib/notices/queries";
import { leaveFeed } from "@/lib/repricing/send/feed-queries";
import { makeSyncDue } from "@/lib/stores/at-work-queries";
import { writableStore } from "@/lib/stores/queries";
import { type Feed, insertFeed, lockFeed, saveFeed } from "./feed-queries";
import { FEED_LOGIN } from "./model";

type Access = Pick<KaspiAccess, "db" | "clock" | "vault">;

/**
 * Turns a store's feed on, making its address the first time. From then on Kaspi, once told the address,
 * takes what is served there for the whole assortment. A look at Kaspi's list comes first. Throws
 * `not_found`, `forbidden`.
 */
export function turnFeedOn(access: Access, caller: Caller, storeId: string): Promise<void> {
  return change(access, caller, storeId, "feed.turned_on", async (tx, now) => {
    await saveFeed(tx, storeId, { isOn: true, turnedOnAt: now, turnedOnBy: caller.id });
    await makeSyncDue(tx, storeId, now);
  });
}

/** Nothing is served any more; what waited in the list is sent in its turn. Throws `not_found`, `forbidden`. */
export function turnFeedOff(access: Access, caller: Caller, storeId: string): Promise<void> {
  return change(access, caller, storeId, "feed.turned_off", async (tx, now) => {
    await saveFeed(tx, storeId, { isOn: false });
    for (const kind of ["feed_not_fetched", "feed_errors"] as const)
      await resolveNotice(tx, kind, storeId, now);
    if ((await leaveFeed(tx, storeId, now)) > 0)
      await emit(tx, [events.publishRequested.create({ storeId })]);
  });
}

/** Another address; the one before leads nowhere from now on. Throws `not_found`, `forbidden`. */
export function changeFeedAddress(access: Access, caller: Caller, storeId: string): Promise<void> {
  return change(access, caller, storeId, "feed.address_changed", (tx) =>
    saveFeed(tx, storeId, newAddress(access)),
  );
}

/** A password for the address, shown once. Throws `not_found`, `forbidden`. */
export async function setFeedPassword(
  access: Access,
  caller: Caller,
  storeId: string,
): Promise<string> {
  const password = newToken();
  await change(access, caller, storeId, "feed.password_set", (tx) =>
    saveFeed(tx, storeId, { basicHash: hashOf(`${FEED_LOGIN}:${password}`) }),
  );
  return password;
}

/** The address alone is enough again. Throws `not_found`, `forbidden`. */
export function removeFeedPassword(access: Access, caller: Caller, storeId: string): Promise<void> {
  return change(access, caller, storeId, "feed.password_removed", (tx) =>
    saveFeed(tx, storeId, { basicHash: null }),
  );
}

/** Where Kaspi finds the list: for those who may change it, as it lets in whoever has it. */
export function feedAddress(
  { vault }: Pick<Access, "vault">,
  { token }: Pick<Feed, "token">,
  origin: string,
): string {
  return `${origin}/feed/${vault.open(token)}/kaspi.xml`;
}

function newAddress({ vault }: Pick<Access, "vault">) {
  const token = newToken();
  return { token: vault.seal(token), tokenHash: hashOf(token) };
}

function change(
  access: Access,
  caller: Caller,
  storeId: string,
  action: AuditEntry["action"],
  work: (tx: Tx, now: Date) => Promise<void>,
): Promise<void> {
  return access.db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId, "change_price");
    if (store.accountId === null) throw new AppError("conflict", "feed_without_login");
    const now = access.clock();
    await insertFeed(tx, { storeId, ...newAddress(access) });
    await lockFeed(tx, storeId);
    await work(tx, now);
    await audit(tx, { at: now, userId: caller.id, storeId, action, subjectId: storeId });
  });
}
