import { z } from "zod";
import { storable } from "@/lib/core/text";
import { fileFormats } from "@/lib/table-files/format-model";
import { MOST_CHOSEN, MOST_TAGS } from "../model";
import { recipientOrders, recipientStates } from "./recipient-list-model";

/** What would begin another line, of a letter's head as of a table. */
const onOneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** As it was written: the part before the sign may tell capitals apart, and we compare without them. */
export const addressSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "field_empty", abort: true })
  .pipe(z.email({ error: "email_invalid" }).max(254, { error: "email_invalid" }));

export const fullNameSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .max(200, { error: "text_too_long" })
  .regex(onOneLine, { error: "line_break" });

export const commentSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .max(1_000, { error: "text_too_long" });

/** Tags are typed with commas between them, so they have none inside. */
export const recipientTagSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "field_empty" })
  .max(50, { error: "tag_long" })
  .regex(/^[^,;\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "tag_signs" });

export const tagsSchema = z
  .array(recipientTagSchema)
  .max(MOST_TAGS, { error: "tags_many" })
  .overwrite((tags) => [...new Set(tags)]);

export const recipientSchema = z.object({
  email: addressSchema,
  fullName: fullNameSchema,
  comment: commentSchema,
  tags: tagsSchema,
});
export type RecipientGiven = z.output<typeof recipientSchema>;

export const changedRecipientSchema = recipientSchema.extend({ recipientId: z.uuid() });
export const recipientIdSchema = z.object({ recipientId: z.uuid() });

const text = z.string().overwrite(storable).trim().min(1).max(100);
const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** How the list stands in its address; what makes no sense there is left out. */
export const recipientsAddress = z.object({
  q: soft(text),
  tag: soft(recipientTagSchema),
  state: soft(z.enum(recipientStates)),
  owner: soft(z.uuid()),
  sort: z.enum(recipientOrders).catch("-added"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type RecipientsQuery = z.output<typeof recipientsAddress>;
export type RecipientsFilter = Omit<RecipientsQuery, "sort" | "page">;

export const recipientsExport = recipientsAddress.extend({ format: z.enum(fileFormats) });

/** Those that are ticked, or all of one's own that a search finds. */
export const chosenSchema = z.object({
  recipientIds: z.array(z.uuid()).max(MOST_CHOSEN),
  found: z
    .object({
      q: text.nullable(),
      tag: recipientTagSchema.nullable(),
      state: z.enum(recipientStates).nullable(),
    })
    .nullable(),
});
export type Chosen = z.output<typeof chosenSchema>;

export const taggedSchema = chosenSchema.extend({ add: tagsSchema, remove: tagsSchema });
