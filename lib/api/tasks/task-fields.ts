import { z } from "zod";
import { isCommonEra } from "@/lib/core/time";
import {
  categoryNameSchema,
  hexId,
  MOST_STEPS,
  prioritySchema,
  stepTextSchema,
  textSchema,
  titleSchema,
  userIdsSchema,
} from "@/lib/tasks/field-model";
import { shareRights, type TaskChanges } from "@/lib/tasks/model";
import { idField } from "../request-fields";

/** A moment with its zone; kept in UTC. */
export const momentField = z.iso
  .datetime({ offset: true, error: "not_a_moment" })
  .transform((text) => new Date(text))
  .refine(isCommonEra, { error: "not_a_moment" });

const reviewId = z.string().min(1).max(100);
const steps = z
  .array(
    z.strictObject({
      id: idField.optional(),
      text: stepTextSchema,
      is_done: z.boolean({ error: "not_yes_or_no" }).default(false),
    }),
  )
  .max(MOST_STEPS, { error: "task_steps_many" });

const rest = {
  text: textSchema.optional(),
  due_at: momentField.nullable().optional(),
  priority: prioritySchema.optional(),
  steps: steps.optional().describe("All of them, in their order; one with its `id` stays itself"),
  store_id: idField.nullable().optional().describe("Links are to what the caller may see"),
  product_id: idField.nullable().optional(),
  order_id: idField.nullable().optional(),
  review_id: reviewId.nullable().optional(),
};

export const newTask = z.strictObject({
  category_id: hexId,
  title: titleSchema,
  ...rest,
  user_ids: userIdsSchema.optional().describe("Whose it is to do: ids of `GET /people/`"),
});

export const taskChanges = z.strictObject({
  category_id: hexId.optional().describe("Moves it into another list"),
  title: titleSchema.optional(),
  ...rest,
});

export const assigned = z.strictObject({
  user_ids: userIdsSchema.describe("All of them, instead of those there were; none: nobody's"),
});

/** What is said of a task, by our own names. */
export function saidOf(given: Omit<z.output<typeof taskChanges>, "category_id" | "title">) {
  const { text, due_at, priority, steps: said, store_id, product_id, order_id, review_id } = given;
  const fields = {
    ...{ text, dueAt: due_at, priority },
    ...{ storeId: store_id, productId: product_id, orderId: order_id, reviewId: review_id },
    steps: said?.map(({ id: stepId, text: words, is_done }) => ({
      ...{ stepId, text: words, isDone: is_done },
    })),
  };
  return fields satisfies TaskChanges;
}

const members = z
  .array(z.strictObject({ user_id: idField, rights: z.enum(shareRights) }))
  .max(100)
  .describe("All of them, instead of those there were");

export const newCategory = z.strictObject({
  name: categoryNameSchema,
  members: members.optional(),
});
export const categoryChanges = z.strictObject({
  name: categoryNameSchema.optional(),
  members: members.optional(),
});

export const membersIn = (said: z.output<typeof members> | undefined) =>
  said?.map(({ user_id: userId, rights }) => ({ userId, rights }));
