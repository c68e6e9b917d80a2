import { z } from "zod";
import { storable } from "@/lib/core/text";
import { priorities, shareRights } from "./model";

export const MOST_STEPS = 50;
export const MOST_ASSIGNEES = 50;
/** So many at once. */
export const MOST_TASKS = 100;

const words = (most: number, long: string) =>
  z.string().overwrite(storable).trim().max(most, { error: long });

export const hexId = z.string().regex(/^[0-9a-f]{64}$/, { error: "not_a_task_id" });
export const titleSchema = words(200, "task_title_long").min(1, { error: "task_title_empty" });
export const textSchema = words(5_000, "task_text_long");
export const prioritySchema = z.enum(priorities, { error: "task_priority" });
export const commentSchema = words(2_000, "task_comment_long").min(1, {
  error: "task_comment_empty",
});
export const categoryNameSchema = words(80, "task_list_long").min(1, { error: "task_list_empty" });
export const stepTextSchema = words(200, "task_step_long").min(1, { error: "task_step_empty" });
export const userIdsSchema = z.array(z.uuid({ error: "not_an_id" })).max(MOST_ASSIGNEES);
export const membersSchema = z
  .array(z.strictObject({ userId: z.uuid(), rights: z.enum(shareRights) }))
  .max(100);

/** A date and a time as a form types them, in the zone of who types. */
export const localDueSchema = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/, { error: "task_due" })
  .refine(isOnCalendar, { error: "task_due" });

/** The 31st of February would be read as a day of March. */
function isOnCalendar(text: string): boolean {
  const at = Date.parse(`${text}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
