import { z } from "zod";
import { storable } from "@/lib/core/text";
import { figureDays, USUAL_DAYS } from "./period-model";
import { attemptStatuses, mailingStatuses } from "./status-model";

const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** How the list stands in its address; what makes no sense there is left out. */
export const mailingListSchema = z.object({
  q: soft(z.string().overwrite(storable).trim().min(1).max(100)),
  status: soft(z.enum(mailingStatuses)),
  owner: soft(z.uuid()),
  days: z.coerce
    .number()
    .pipe(z.literal([...figureDays]))
    .catch(USUAL_DAYS),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type MailingListQuery = z.infer<typeof mailingListSchema>;

const MOST_INT = 2_147_483_647;

export const attemptListSchema = z.object({
  run: soft(z.coerce.number().int().positive().max(MOST_INT)),
  status: soft(z.enum(attemptStatuses)),
  q: soft(z.string().overwrite(storable).trim().min(1).max(254)),
  /** Goes on after the letter with that number. */
  after: soft(z.coerce.number().int().min(0).max(MOST_INT)),
});
export type AttemptListQuery = z.infer<typeof attemptListSchema>;

/** The same letters as an address, without the page. */
export function attemptsAddress({ run, status, q }: AttemptListQuery): string {
  const said = Object.entries({ run, status, q }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, `${value}`]],
  );
  return `${new URLSearchParams(said)}`;
}
