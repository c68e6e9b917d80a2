import { z } from "zod";

/** What the bot reads of the office's answers; the contract is docs/api.md. */
const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

export const userAnswer = z.object({
  id: z.string(),
  name: z.string(),
  locale: z.enum(["ru", "kk", "en"]),
  time_zone: z.string(),
  muted: z.boolean(),
});
export type OfficeUser = z.infer<typeof userAnswer>;

export const dialogAnswer = z.object({
  state: z.record(z.string(), z.unknown()),
  update_id: z.number(),
});

export const categoryAnswer = z.object({
  id: z.string(),
  name: z.string(),
  rights: z.enum(["owner", "edit", "view"]),
  open_count: z.number(),
  overdue_count: z.number(),
});
export type Category = z.infer<typeof categoryAnswer>;

export const taskAnswer = z.object({
  id: z.string(),
  category_id: z.string(),
  category_name: z.string(),
  title: z.string(),
  text: z.string(),
  due_at: z.string().nullable(),
  priority: z.enum(["low", "normal", "high"]),
  is_done: z.boolean(),
  done_at: z.string().nullable(),
  assignees: z.array(person),
  steps: z.array(z.object({ text: z.string(), is_done: z.boolean() })),
  comments_count: z.number(),
  may: z.object({ change: z.boolean(), complete: z.boolean(), delete: z.boolean() }),
});
export type Task = z.infer<typeof taskAnswer>;

export const confirmAnswer = z.object({ user: userAnswer });

export const tellingAnswer = z.object({
  task_id: z.string().nullable(),
  decision_id: z.string().nullable(),
  price: z.number().nullable(),
  price_before: z.number().nullable(),
});
export type Telling = z.infer<typeof tellingAnswer>;

export const outcomeAnswer = z.object({ text: z.string() });

export const listOf = <T extends z.ZodType>(one: T) =>
  z.object({ count: z.number(), results: z.array(one) });
export type List<T> = { count: number; results: T[] };

export const failureAnswer = z.object({
  code: z.string(),
  error: z.string(),
  /** What is wrong with which field. */
  details: z.array(z.object({ message: z.string() })).default([]),
});
