import { z } from "zod";
import { hexId } from "./field-model";
import { linkKinds, taskViews } from "./model";

export const taskOrders = [
  "due_at",
  "created_at",
  "updated_at",
  "done_at",
  "priority",
  "title",
] as const;
export type TaskOrder = (typeof taskOrders)[number];

export type TaskFilter = {
  category?: string | undefined;
  assignee?: string | undefined;
  /** Theirs to do, or nobody's in a list of their own. */
  mineOf?: string | undefined;
  done?: boolean | undefined;
  dueFrom?: Date | undefined;
  dueBefore?: Date | undefined;
  q?: string | undefined;
  order?: TaskOrder | `-${TaskOrder}` | undefined;
};

export const PAGE = 50;

/** `product:<id>`: what a new task is to be about. */
const about = z
  .string()
  .max(120)
  .transform((text, context) => {
    const [name, id] = text.split(/:(.+)/);
    const kind = linkKinds.find((known) => known === name);
    const isId = id && (kind === "review" || z.uuid().safeParse(id).success);
    if (kind && isId) return { kind, id };
    context.addIssue("not_an_id");
    return z.NEVER;
  });

/** What the address of the page says; what it says wrong is as if it were not said. */
export const tasksAddress = z.object({
  view: z.enum(taskViews).catch("mine"),
  list: hexId.optional().catch(undefined),
  person: z.uuid().optional().catch(undefined),
  q: z.string().trim().max(100).catch(""),
  about: about.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type TasksAddress = z.output<typeof tasksAddress>;
