import { z } from "zod";
import { storable } from "@/lib/core/text";

const LONGEST_SUBJECT = 200;
const LONGEST_TEXT = 100_000;
const LONGEST_HTML = 300_000;

const unixLines = (text: string) => text.replace(/\r\n?/g, "\n");
/** In a header they would begin another one. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]/u;

const subject = z
  .string()
  .overwrite(storable)
  .trim()
  .max(LONGEST_SUBJECT, { error: "message_subject_long" })
  .refine((text) => !breaks.test(text), { error: "message_subject_line" });
const bodyText = z
  .string()
  .overwrite(storable)
  .overwrite(unixLines)
  .trim()
  .max(LONGEST_TEXT, { error: "message_text_long" });
const bodyHtml = z
  .string()
  .overwrite(storable)
  .overwrite(unixLines)
  .trim()
  .max(LONGEST_HTML, { error: "message_html_long" });
/** Whose words a letter is looked at with: the address of a recipient; empty: one's own. */
const as = z.string().overwrite(storable).trim().max(254, { error: "message_recipient_unknown" });

export const messageSchema = z.object({
  subject: subject.min(1, { error: "message_subject_empty" }),
  bodyText,
  bodyHtml,
});
export type MessageGiven = z.output<typeof messageSchema>;

const messageId = z.uuid({ error: "message_unknown" });
export const changedMessageSchema = messageSchema.extend({ messageId });
export const messageIdSchema = z.object({ messageId });
export const fileIdSchema = z.object({ fileId: z.uuid({ error: "message_file_unknown" }) });

/** A letter as it stands in a form, which need not be whole yet. */
export const previewSchema = z.object({ subject, bodyText, bodyHtml, as });
export type PreviewGiven = z.output<typeof previewSchema>;
export const triedSchema = z.object({ messageId, as });

const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** How the list stands in its address; what makes no sense there is left out. */
export const messageListSchema = z.object({
  q: soft(z.string().overwrite(storable).trim().min(1).max(100)),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type MessageListQuery = z.output<typeof messageListSchema>;
