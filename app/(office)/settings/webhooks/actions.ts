"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { requireOwnPassword } from "@/lib/auth/own-password";
import { webhookAccess } from "@/lib/webhooks/access";
import {
  addWebhook,
  changeWebhook,
  removeWebhook,
  renewSecret,
  webhookOf,
} from "@/lib/webhooks/manage-webhooks";
import {
  changedEventsSchema,
  deliveryIdSchema,
  newWebhookSchema,
  renewedSchema,
  turnedSchema,
  webhookIdSchema,
} from "@/lib/webhooks/model";
import { sendAgain, testWebhook } from "@/lib/webhooks/send-by-hand";

const anew = () => revalidatePath("/settings/webhooks", "layout");

export const add = action(newWebhookSchema, async (caller, { current, ...given }) => {
  const access = webhookAccess();
  await requireOwnPassword(access.db, caller, current, access.clock());
  const { secret } = await addWebhook(access, caller, given);
  anew();
  return { secret };
});

export const choose = action(changedEventsSchema, async (caller, given) => {
  await changeWebhook(webhookAccess(), caller, given);
  anew();
});

export const turn = action(turnedSchema, async (caller, given) => {
  await changeWebhook(webhookAccess(), caller, given);
  anew();
});

export const renew = action(renewedSchema, async (caller, { webhookId, current }) => {
  const access = webhookAccess();
  await webhookOf(access.db, caller, webhookId);
  await requireOwnPassword(access.db, caller, current, access.clock());
  const secret = await renewSecret(access, caller, webhookId);
  anew();
  return { secret };
});

export const remove = action(webhookIdSchema, async (caller, { webhookId }) => {
  await removeWebhook(webhookAccess(), caller, webhookId);
  anew();
});

export const ping = action(webhookIdSchema, async (caller, { webhookId }) => {
  const outcome = await testWebhook(webhookAccess(), caller, webhookId);
  anew();
  return outcome;
});

export const repeat = action(deliveryIdSchema, async (caller, { deliveryId }) => {
  const outcome = await sendAgain(webhookAccess(), caller, deliveryId);
  anew();
  return outcome;
});
