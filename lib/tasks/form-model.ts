import { z } from "zod";
import {
  categoryNameSchema,
  commentSchema,
  hexId,
  localDueSchema,
  MOST_TASKS,
  membersSchema,
  prioritySchema,
  stepTextSchema,
  textSchema,
  titleSchema,
  userIdsSchema,
} from "./field-model";

const taskId = hexId;
/** As it is typed, in the zone of who types; null: no deadline. */
const due = localDueSchema.nullable();
const links = {
  storeId: z.uuid().nullable().optional(),
  productId: z.uuid().nullable().optional(),
  orderId: z.uuid().nullable().optional(),
  reviewId: z.string().min(1).max(100).nullable().optional(),
};

/** Without a list it goes into a first one that is made for it. */
export const quickTaskSchema = z.object({
  title: titleSchema,
  categoryId: hexId.nullable(),
  due,
  ...links,
});

/** What was changed in the form: the rest may have been changed by others meanwhile. */
export const savedTaskSchema = z.object({
  taskId,
  title: titleSchema.optional(),
  text: textSchema.optional(),
  due: due.optional(),
  priority: prioritySchema.optional(),
  categoryId: hexId.optional(),
  addedIds: userIdsSchema.optional(),
  removedIds: userIdsSchema.optional(),
});

export const taskIdSchema = z.object({ taskId });
export const unlinkedSchema = z.object({ taskId, ...links });
export const newStepSchema = z.object({ taskId, text: stepTextSchema });
export const stepSchema = z.object({ taskId, stepId: z.uuid() });
export const tickedSchema = z.object({ taskId, stepId: z.uuid(), isDone: z.boolean() });
export const writtenSchema = z.object({ taskId, text: commentSchema });

const taskIds = z.array(hexId).min(1).max(MOST_TASKS);
export const manySchema = z.object({ taskIds });
export const movedSchema = z.object({ taskIds, categoryId: hexId });
export const assignedSchema = z.object({ taskIds, userIds: userIdsSchema });

export const newListSchema = z.object({ name: categoryNameSchema });
export const renamedListSchema = z.object({ categoryId: hexId, name: categoryNameSchema });
export const sharedListSchema = z.object({ categoryId: hexId, members: membersSchema });
export const listIdSchema = z.object({ categoryId: hexId });
