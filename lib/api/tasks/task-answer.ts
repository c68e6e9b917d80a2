import { z } from "zod";
import { hexId } from "@/lib/tasks/field-model";
import {
  type Category,
  type Change,
  type Comment,
  changeKinds,
  mayChange,
  mayComplete,
  priorities,
  shareRights,
  type TaskRow,
} from "@/lib/tasks/model";

const moment = z.iso.datetime();
export const personAnswer = z.object({ id: z.uuid(), name: z.string() }).meta({ id: "Colleague" });
const somebody = personAnswer.nullable();

export const categoryAnswer = z
  .object({
    id: hexId,
    name: z.string(),
    owner: personAnswer,
    rights: z.enum(["owner", ...shareRights]).describe("What the caller may do in it"),
    members: z
      .array(z.object({ user: personAnswer, rights: z.enum(shareRights) }))
      .describe("With whom it is shared; for its owner alone, else empty"),
    open_count: z.int().min(0),
    overdue_count: z.int().min(0),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "Category" });

export const toCategoryAnswer = (row: Category): z.input<typeof categoryAnswer> => ({
  id: row.id,
  name: row.name,
  owner: row.owner,
  rights: row.rights,
  members: row.members,
  open_count: row.open,
  overdue_count: row.overdue,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

export const taskAnswer = z
  .object({
    id: hexId,
    category_id: hexId,
    category_name: z.string().describe("Empty for who sees the task but not its list"),
    title: z.string(),
    text: z.string(),
    due_at: moment.nullable(),
    priority: z.enum(priorities),
    is_done: z.boolean(),
    done_at: moment.nullable(),
    done_by: somebody.describe("Null beside `done_at`: its cause is over by itself"),
    created_at: moment,
    created_by: somebody.describe("Null: made by a rule"),
    updated_at: moment,
    assignees: z.array(personAnswer),
    steps: z.array(z.object({ id: z.uuid(), text: z.string(), is_done: z.boolean() })),
    store_id: z.uuid().nullable(),
    product_id: z.uuid().nullable(),
    order_id: z.uuid().nullable(),
    review_id: z.string().nullable(),
    has_hidden_links: z.boolean().describe("It is about something that the caller may not see"),
    may: z.object({ change: z.boolean(), complete: z.boolean(), delete: z.boolean() }),
    comments_count: z.int().min(0),
  })
  .meta({ id: "Task" });

export function toTaskAnswer(row: TaskRow): z.input<typeof taskAnswer> {
  const changes = mayChange(row);
  return {
    id: row.id,
    category_id: row.categoryId,
    category_name: row.categoryName,
    title: row.title,
    text: row.text,
    due_at: row.dueAt?.toISOString() ?? null,
    priority: row.priority,
    is_done: row.doneAt !== null,
    done_at: row.doneAt?.toISOString() ?? null,
    done_by: row.doneBy,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    updated_at: row.updatedAt.toISOString(),
    assignees: row.assignees,
    steps: row.steps.map(({ id, text, isDone }) => ({ id, text, is_done: isDone })),
    store_id: row.storeId,
    product_id: row.productId,
    order_id: row.orderId,
    review_id: row.reviewId,
    has_hidden_links: row.hasHiddenLinks,
    may: { change: changes, complete: mayComplete(row), delete: changes },
    comments_count: row.comments,
  };
}

export const commentAnswer = z
  .object({ id: z.uuid(), user: somebody, text: z.string(), at: moment })
  .meta({ id: "TaskComment" });

export const toCommentAnswer = ({ at, ...row }: Comment): z.input<typeof commentAnswer> => ({
  ...row,
  at: at.toISOString(),
});

export const changeAnswer = z
  .object({
    id: z.uuid(),
    at: moment,
    user: somebody.describe("Null: a rule"),
    what: z.enum(changeKinds),
    details: z.record(z.string(), z.unknown()).describe("What it was and what it is"),
  })
  .meta({ id: "TaskChange" });

export const toChangeAnswer = ({ at, ...row }: Change): z.input<typeof changeAnswer> => ({
  ...row,
  at: at.toISOString(),
});
