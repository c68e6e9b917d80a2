import { type Allowance, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { WebhookAccess } from "./access";
import type { Outcome } from "./post";
import { insertPing, lockWithinReach, webhookOfDelivery } from "./queries";
import { sendOne } from "./send-deliveries";
import { takeOne } from "./sending-queries";

const often = { most: 20, withinMs: MINUTE, error: "webhook_often" };
const tests: Allowance = { action: "webhook.tested", ...often };
const repeats: Allowance = { action: "webhook.sent_again", ...often };

/** Sends a `ping` now, paused or not, and answers what came of it. Throws `not_found`, `conflict`, `rate_limited`. */
export async function testWebhook(
  access: WebhookAccess,
  caller: Caller,
  webhookId: string,
): Promise<Outcome> {
  const { db, clock } = access;
  const { webhook, ping } = await db.transaction(async (tx) => {
    const found = await lockWithinReach(tx, caller, webhookId);
    if (!found) throw new AppError("not_found", "webhook_not_found");
    if (!(await findActiveUser(tx, found.userId)))
      throw new AppError("conflict", "webhook_person_blocked");
    await takeAllowed(tx, caller.id, tests, entryOf(found.url, clock()));
    return { webhook: found, ping: await insertPing(tx, webhookId, clock()) };
  });
  return sendOne(access, webhook, ping);
}

/**
 * Sends a delivery once more, with its own id, and answers what came of it; a failure is repeated as the first
 * time. Throws `not_found`, also for what its person may not see any more, `conflict`, `rate_limited`.
 */
export async function sendAgain(
  access: WebhookAccess,
  caller: Caller,
  deliveryId: string,
): Promise<Outcome> {
  const { db, clock } = access;
  const { webhook, delivery } = await db.transaction(async (tx) => {
    const webhookId = await webhookOfDelivery(tx, deliveryId);
    const found = webhookId && (await lockWithinReach(tx, caller, webhookId));
    if (!found) throw new AppError("not_found", "delivery_not_found");
    if (found.state !== "on") throw new AppError("conflict", "webhook_not_on");
    const person = await findActiveUser(tx, found.userId);
    const taken = person && (await takeOne(tx, deliveryId, person, clock()));
    if (!taken) throw new AppError("not_found", "delivery_not_found");
    await takeAllowed(tx, caller.id, repeats, entryOf(found.url, clock()));
    return { webhook: found, delivery: taken };
  });
  return sendOne(access, webhook, delivery);
}

const entryOf = (url: string, at: Date) => ({ at, details: { name: new URL(url).host } });
