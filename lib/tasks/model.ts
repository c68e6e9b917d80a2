import { z } from "zod";
import { storable } from "@/lib/core/text";

export const priorities = ["low", "normal", "high"] as const;
export type Priority = (typeof priorities)[number];

/** What one may do with a list and its tasks; `view` reads and comments. */
export const shareRights = ["view", "edit"] as const;
export type ShareRights = (typeof shareRights)[number];
export type Rights = "owner" | ShareRights;

export type Person = { id: string; name: string };
export type Step = { id: string; text: string; isDone: boolean };

/** What a task may be about, each at most once. */
export const linkKinds = ["store", "product", "order", "review"] as const;
export type LinkKind = (typeof linkKinds)[number];
export type LinkIds = Record<`${LinkKind}Id`, string | null>;

/** A task as lists, its page and the API show it to somebody. */
export type TaskRow = LinkIds & {
  id: string;
  categoryId: string;
  categoryName: string;
  title: string;
  text: string;
  dueAt: Date | null;
  priority: Priority;
  createdAt: Date;
  createdBy: Person | null;
  updatedAt: Date;
  doneAt: Date | null;
  /** Null beside `doneAt`: what it was about is over by itself. */
  doneBy: Person | null;
  assignees: Person[];
  steps: Step[];
  comments: number;
  /** It is about something that the reader may not see. */
  hasHiddenLinks: boolean;
  /** Null: it is not the list that the reader sees, but the task, which is theirs to do. */
  rights: Rights | null;
  isAssigned: boolean;
};

/** Who may change and delete a task, and who may finish it. */
export const mayChange = ({ rights }: Pick<TaskRow, "rights">): boolean =>
  rights === "owner" || rights === "edit";
export const mayComplete = (task: Pick<TaskRow, "rights" | "isAssigned">): boolean =>
  mayChange(task) || task.isAssigned;

export type Category = {
  id: string;
  name: string;
  owner: Person;
  rights: Rights;
  /** With whom it is shared: for its owner alone, else none. */
  members: { user: Person; rights: ShareRights }[];
  open: number;
  overdue: number;
  createdAt: Date;
  updatedAt: Date;
};

export type Comment = { id: string; user: Person | null; text: string; at: Date };

export const changeKinds = [
  "created",
  "renamed",
  "text",
  "due",
  "priority",
  "moved",
  "links",
  "assigned",
  "steps",
  "done",
  "reopened",
] as const;
export type ChangeKind = (typeof changeKinds)[number];
export type Change = {
  id: string;
  at: Date;
  /** Null: a rule. */
  user: Person | null;
  what: ChangeKind;
  details: Record<string, unknown>;
};

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
export const stepsSchema = z
  .array(
    z.strictObject({
      /** Of one that is there already. */
      stepId: z.uuid({ error: "not_an_id" }).optional(),
      text: stepTextSchema,
      isDone: z.boolean().default(false),
    }),
  )
  .max(MOST_STEPS, { error: "task_steps_many" });
export const membersSchema = z
  .array(z.strictObject({ userId: z.uuid(), rights: z.enum(shareRights) }))
  .max(100);

/** A date and a time as a form types them, in the zone of who types. */
export const localDueSchema = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/, { error: "task_due" })
  .refine((text) => !Number.isNaN(Date.parse(`${text}Z`)), { error: "task_due" });

export type NewStep = z.output<typeof stepsSchema>[number];

/** What is said of a task when it is made or changed; what is left out stays. */
export type TaskFields = {
  title: string;
  text: string;
  dueAt: Date | null;
  priority: Priority;
  categoryId: string;
  steps: NewStep[];
} & LinkIds;
export type TaskChanges = { [K in keyof TaskFields]?: TaskFields[K] | undefined };
