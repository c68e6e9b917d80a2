import { z } from "zod";
import { MOST_CHOSEN, MOST_TAGS, tagSchema } from "./model";
import { repeats } from "./status-model";

/** A date and a time as a form types them, in the zone of the office. */
const local = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/, { error: "mailing_moment" })
  .refine((text) => new Date(`${text}Z`).toISOString().startsWith(text), {
    error: "mailing_moment",
  })
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
export const changedMailingSchema = savedMailingSchema.extend({ mailingId: z.int().positive() });
export const mailingIdSchema = z.object({ mailingId: z.int().positive() });
export const turnedMailingSchema = mailingIdSchema.extend({ isActive: z.boolean() });
/** Those of one run with such an end, or one of them. */
export const againSchema = mailingIdSchema.extend({
  run: z.int().positive(),
  end: z.enum(["failure", "unknown"]),
  attemptId: z.uuid().nullable(),
});

/** A mailing's number in an address. */
export const mailingNumber = z.coerce.number().int().positive().max(2_147_483_647);
