import { z } from "zod";
import { MOST_CHOSEN, MOST_TAGS, tagSchema } from "./model";
import { repeats } from "./status-model";

/** There is no 30th of February, and no hour 25. */
function isOfTheCalendar(text: string): boolean {
  const at = Date.parse(`${text}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A date and a time as a form types them, in the zone of the office. */
const local = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/, { error: "mailing_moment" })
  .refine(isOfTheCalendar, { error: "mailing_moment" })
  .nullable();

export const savedMailingSchema = z.object({
  messageId: z.uuid({ error: "message_unknown" }),
  toAll: z.boolean(),
  tags: z.array(tagSchema).max(MOST_TAGS),
  recipientIds: z.array(z.uuid()).max(MOST_CHOSEN),
  first: local,
  last: local,
  repeats: z.enum(repeats),
});
const number = z.int32().positive();
export const changedMailingSchema = savedMailingSchema.extend({ mailingId: number });
export const mailingIdSchema = z.object({ mailingId: number });
/** Until when it was written what the second person has read. */
export const releasedMailingSchema = mailingIdSchema.extend({ seen: z.iso.datetime() });
export const turnedMailingSchema = mailingIdSchema.extend({ isActive: z.boolean() });
/** Those of one run with such an end, or one of them. */
export const againSchema = mailingIdSchema.extend({
  run: number,
  end: z.enum(["failure", "unknown"]),
  attemptId: z.uuid().nullable(),
});

/** A mailing's number in an address. */
export const mailingNumber = z.coerce.number().int().positive().max(2_147_483_647);
