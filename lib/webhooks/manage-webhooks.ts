import { isIP } from "node:net";
import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { currentOrigin } from "@/lib/log/origin";
import { mayConnect } from "@/lib/network/private-targets";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { WebhookAccess } from "./access";
import type { WebhookEvent, WebhookLine } from "./event-model";
import { MOST_WEBHOOKS } from "./model";
import { countOwn, deleteWebhook, insertWebhook, lockWithinReach, webhookById } from "./queries";
import { updateWebhook, type Webhook } from "./sending-queries";
import { newSecret } from "./signature";

type Access = Pick<WebhookAccess, "db" | "clock" | "vault">;

/**
 * Registers an address of the caller's and returns its secret: nobody can read it again. Throws `conflict`
 * when they have too many, `invalid` at the address for one that is inside. A name is judged at each call.
 */
export async function addWebhook(
  access: Access & Pick<WebhookAccess, "targets">,
  caller: Caller,
  { url, events }: { url: string; events: WebhookEvent[] },
): Promise<{ id: string; secret: string }> {
  refuseInner(access, url);
  const now = access.clock();
  const secret = newSecret();
  const id = await access.db.transaction(async (tx) => {
    if ((await countOwn(tx, caller.id)) >= MOST_WEBHOOKS)
      throw new AppError("conflict", "webhooks_many", { params: { most: MOST_WEBHOOKS } });
    const row = { userId: caller.id, url, events, createdAt: now };
    const subjectId = await insertWebhook(tx, { ...row, secret: access.vault.seal(secret) });
    await note(tx, caller, "webhook.added", { id: subjectId, url }, now, { events });
    if (currentOrigin()?.keyId) await tellOfKey(tx, caller, { id: subjectId, url });
    return subjectId;
  });
  return { id, secret };
}

/** A key showed no password, and what it has added outlives it. */
function tellOfKey(tx: Tx, caller: Caller, { id, url }: Pick<Webhook, "id" | "url">) {
  return raiseNotice(tx, {
    kind: "webhook_added",
    about: id,
    severity: "warning",
    userId: caller.id,
    params: { host: new URL(url).host },
  });
}

function refuseInner({ targets }: Pick<WebhookAccess, "targets">, url: string): void {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  const place = { host, port: Number(port) || (protocol === "https:" ? 443 : 80) };
  if (isIP(host) === 0 || mayConnect(targets, host, place)) return;
  throw new AppError("invalid", "invalid", {
    details: [{ path: "url", message: "webhook_url_inner" }],
  });
}

/** Throws `not_found` for somebody else's. */
export async function webhookOf(tx: Tx, caller: Caller, webhookId: string): Promise<WebhookLine> {
  const found = await webhookById(tx, caller, webhookId);
  if (!found) throw new AppError("not_found", "webhook_not_found");
  return found;
}

type Changes = { events?: WebhookEvent[] | undefined; on?: boolean | undefined };

/** What it tells of, and its pause, both or neither. Throws `not_found` for somebody else's. */
export function changeWebhook(
  access: Access,
  caller: Caller,
  { webhookId, events, on }: Changes & { webhookId: string },
): Promise<void> {
  return change(access, caller, webhookId, async (tx, webhook, now) => {
    if (events) {
      await updateWebhook(tx, webhookId, { events });
      const details = { before: { events: webhook.events }, after: { events } };
      await note(tx, caller, "webhook.events_chosen", webhook, now, details);
    }
    if (on === undefined || on === (webhook.state === "on")) return;
    await turn(tx, webhook, on, now);
    await note(tx, caller, on ? "webhook.resumed" : "webhook.paused", webhook, now);
  });
}

/**
 * A pause: what happens meanwhile is not told, what waited goes on waiting. Switched on again it begins as
 * one that has never failed.
 */
async function turn(tx: Tx, { id }: Webhook, on: boolean, now: Date): Promise<void> {
  const fresh = { offReason: null, failingSince: null, silences: 0, restingUntil: null };
  await updateWebhook(tx, id, { state: on ? "on" : "paused", ...fresh });
  await resolveNotice(tx, "webhook_off", id, now);
}

/** From now on everything is signed with the new one, which is returned this once. */
export function renewSecret(access: Access, caller: Caller, webhookId: string): Promise<string> {
  return change(access, caller, webhookId, async (tx, webhook, now) => {
    const secret = newSecret();
    await updateWebhook(tx, webhookId, { secret: access.vault.seal(secret) });
    await note(tx, caller, "webhook.secret_renewed", webhook, now);
    return secret;
  });
}

/** With everything that waited to be sent to it. */
export function removeWebhook(access: Access, caller: Caller, webhookId: string): Promise<void> {
  return change(access, caller, webhookId, async (tx, webhook, now) => {
    await deleteWebhook(tx, webhookId);
    for (const kind of ["webhook_off", "webhook_added"] as const)
      await resolveNotice(tx, kind, webhookId, now);
    await note(tx, caller, "webhook.removed", webhook, now);
  });
}

function change<T>(
  { db, clock }: Access,
  caller: Caller,
  webhookId: string,
  work: (tx: Tx, webhook: Webhook, now: Date) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const webhook = await lockWithinReach(tx, caller, webhookId);
    if (!webhook) throw new AppError("not_found", "webhook_not_found");
    return work(tx, webhook, clock());
  });
}

function note(
  tx: Tx,
  caller: Caller,
  action: Extract<AuditEntry["action"], `webhook.${string}`>,
  { id: subjectId, url }: Pick<Webhook, "id" | "url">,
  now: Date,
  details: Record<string, unknown> = {},
): Promise<void> {
  // The rest of an address may be a secret of its own.
  const name = new URL(url).host;
  const entry = { at: now, userId: caller.id, action, subjectId };
  return audit(tx, { ...entry, details: { name, ...details } });
}
