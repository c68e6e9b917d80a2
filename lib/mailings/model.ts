import { z } from "zod";
import { storable } from "@/lib/core/text";
import { repeats } from "./status-model";

export const MOST_CHOSEN = 1_000;
export const MOST_TAGS = 20;

export const tagSchema = z.string().overwrite(storable).trim().min(1).max(50);

export const mailingSchema = z.object({
  messageId: z.uuid(),
  toAll: z.boolean(),
  tags: z.array(tagSchema).max(MOST_TAGS),
  recipientIds: z.array(z.uuid()).max(MOST_CHOSEN),
  firstAt: z.date().nullable(),
  lastAt: z.date().nullable(),
  repeats: z.enum(repeats),
});
export type MailingGiven = z.infer<typeof mailingSchema>;
