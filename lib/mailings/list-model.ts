import { z } from "zod";
import { attemptStatuses, mailingStatuses } from "./status-model";

const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** How the list stands in its address; what makes no sense there is left out. */
export const mailingListSchema = z.object({
  q: soft(z.string().trim().min(1).max(100)),
  status: soft(z.enum(mailingStatuses)),
  owner: soft(z.uuid()),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type MailingListQuery = z.infer<typeof mailingListSchema>;

export const attemptListSchema = z.object({
  run: soft(z.coerce.number().int().positive()),
  status: soft(z.enum(attemptStatuses)),
  q: soft(z.string().trim().min(1).max(254)),
  after: soft(z.coerce.number().int().min(0)),
});
export type AttemptListQuery = z.infer<typeof attemptListSchema>;
