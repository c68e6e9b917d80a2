import { localText } from "@/lib/core/local-time";
import { formatDayTime } from "@/lib/i18n/dates";
import type { Link } from "@/lib/tasks/link-queries";
import type { Change, Comment, LinkKind, Person, Step, TaskRow } from "@/lib/tasks/model";
import { type TaskLine, type TaskReader, taskLine } from "./task-line";

/** What the panel of a task shows. */
export type TaskDetail = TaskLine & {
  text: string;
  /** As a form types it, in the reader's zone; empty: none. */
  dueLocal: string;
  zone: string;
  assignees: Person[];
  stepList: Step[];
  isSeen: boolean;
  isAssignedOnly: boolean;
  createdAt: Date;
  createdBy: string | null;
  doneAt: Date | null;
  doneBy: string | null;
  links: { kind: LinkKind; name: string; href: string }[];
  hasHiddenLinks: boolean;
  said: { id: string; name: string | null; text: string; at: Date }[];
  changes: { id: string; name: string | null; words: string; at: Date }[];
};

const hrefs: Record<LinkKind, (id: string) => string> = {
  store: (id) => `/stores/${id}`,
  product: (id) => `/products/${id}`,
  order: (id) => `/orders/${id}`,
  review: (id) => `/reviews?${new URLSearchParams({ review: id })}`,
};

export type Parts = {
  links: readonly Link[];
  comments: readonly Comment[];
  changes: readonly Change[];
  hasNews: boolean;
};

export function taskDetail(row: TaskRow, parts: Parts, reader: TaskReader): TaskDetail {
  return {
    ...taskLine(row, reader),
    text: row.text,
    dueLocal: row.dueAt ? localText(row.dueAt, reader.timeZone) : "",
    zone: reader.timeZone,
    assignees: row.assignees,
    stepList: row.steps,
    isSeen: !parts.hasNews,
    isAssignedOnly: row.rights === null,
    createdAt: row.createdAt,
    createdBy: row.createdBy?.name ?? null,
    doneAt: row.doneAt,
    doneBy: row.doneBy?.name ?? null,
    links: parts.links.map(({ kind, id, name }) => ({ kind, name, href: hrefs[kind](id) })),
    hasHiddenLinks: row.hasHiddenLinks,
    said: parts.comments.map(({ user, ...one }) => ({ ...one, name: user?.name ?? null })),
    changes: parts.changes.map((one) => ({
      ...{ id: one.id, at: one.at, name: one.user?.name ?? null },
      words: changeText(one, reader),
    })),
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const listOf = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** A change of the history in words. */
export function changeText({ what, user, details }: Change, reader: TaskReader): string {
  const { t } = reader;
  if (what === "renamed") return t("tasks.history.renamed", { from: textOf(details.from) });
  if (what === "moved")
    return details.to
      ? t("tasks.history.moved", { to: textOf(details.to) })
      : t("tasks.history.movedAway");
  if (what === "due") {
    const at = (value: unknown) =>
      typeof value === "string" ? formatDayTime(new Date(value), reader) : t("tasks.history.none");
    return t("tasks.history.due", { from: at(details.from), to: at(details.to) });
  }
  if (what === "priority") {
    const word = (value: unknown) =>
      value === "low" || value === "high"
        ? t(`tasks.priority.${value}`)
        : t("tasks.priority.normal");
    return t("tasks.history.priority", { from: word(details.from), to: word(details.to) });
  }
  if (what === "links") {
    const kinds = listOf(details.kinds).map((kind) => t(`tasks.links.${kind as LinkKind}`));
    return t("tasks.history.links", { kinds: kinds.join(", ") });
  }
  if (what === "assigned") return assignedText(details, reader);
  if (what === "text" && textOf(details.from))
    return t("tasks.history.textFrom", { from: textOf(details.from) });
  if (what === "steps") return stepText(details, reader);
  return what === "done" && !user ? t("tasks.history.doneItself") : t(`tasks.history.${what}`);
}

function assignedText(details: Change["details"], { t }: TaskReader): string {
  const [added, removed] = [details.added, details.removed].map((names) =>
    listOf(names).join(", "),
  );
  if (!removed) return t("tasks.history.assignedTo", { added: added ?? "" });
  if (!added) return t("tasks.history.unassigned", { removed });
  return t("tasks.history.assigned", { added, removed });
}

function stepText({ step, isDone, added, removed }: Change["details"], { t }: TaskReader): string {
  if (typeof added === "string") return t("tasks.history.stepAdded", { step: added });
  if (typeof removed === "string") return t("tasks.history.stepRemoved", { step: removed });
  if (typeof step !== "string") return t("tasks.history.steps");
  return t(isDone ? "tasks.history.stepDone" : "tasks.history.stepOpen", { step });
}
