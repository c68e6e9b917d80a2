import { z } from "zod";
import { webhookEvents } from "./event-model";

export const MOST_WEBHOOKS = 20;
/** An attempt, from the name's lookup to the last byte of the answer. */
export const ATTEMPT_MS = 10_000;
const LONGEST_URL = 2_000;

/** What a browser, too, calls the usual ports; or one of those that anybody may open. */
const isUsualPort = ({ port }: URL) => port === "" || Number(port) >= 1_024;

/** Why it is no address of a webhook, as a key of `errors`; null for one that is. */
export function urlFault(text: string): string | null {
  if (text.length > LONGEST_URL) return "webhook_url_long";
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") return "webhook_url";
  if (url.username !== "" || url.password !== "") return "webhook_url_login";
  return isUsualPort(url) ? null : "webhook_url_port";
}

/** An address as it is called: its host in small letters, nothing behind a `#`. */
export const webhookUrlSchema = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const fault = urlFault(text);
    if (fault) context.addIssue(fault);
  })
  .transform((text) => {
    if (!URL.canParse(text)) return text;
    const url = new URL(text);
    url.hash = "";
    return url.href;
  });

export const webhookEventsSchema = z
  .array(z.enum(webhookEvents, { error: "webhook_event_unknown" }))
  .min(1, { error: "webhook_events_empty" })
  .transform((given) => webhookEvents.filter((event) => given.includes(event)));

/** The person's own password: what is sent goes on after the session. */
const current = z.string().max(200, { error: "password_wrong" });
export const newWebhookSchema = z.object({
  url: webhookUrlSchema,
  events: webhookEventsSchema,
  current,
});

const webhookId = z.uuid();
export const webhookIdSchema = z.object({ webhookId });
export const renewedSchema = z.object({ webhookId, current });
export const changedEventsSchema = z.object({ webhookId, events: webhookEventsSchema });
export const turnedSchema = z.object({ webhookId, on: z.boolean() });
export const deliveryIdSchema = z.object({ deliveryId: z.uuid() });
