"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { requireOwnPassword } from "@/lib/auth/own-password";
import { webhookAccess } from "@/lib/webhooks/access";
import {
  addWebhook,
  chooseEvents,
  removeWebhook,
  renewSecret,
  turnWebhook,
} from "@/lib/webhooks/manage-webhooks";
import {
  changedEventsSchema,
  deliveryIdSchema,
  newWebhookSchema,
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
  await chooseEvents(webhookAccess(), caller, given);
  anew();
});

export const turn = action(turnedSchema, async (caller, given) => {
  await turnWebhook(webhookAccess(), caller, given);
  anew();
});

export const renew = action(webhookIdSchema, async (caller, { webhookId }) => {
  const secret = await renewSecret(webhookAccess(), caller, webhookId);
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
