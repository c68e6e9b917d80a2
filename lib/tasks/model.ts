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
  /** Empty when it is not the list that the reader sees. */
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

/** `stepId`: of one that is there already. */
export type NewStep = { stepId?: string | undefined; text: string; isDone: boolean };

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

/** Of what a page of tasks is: mine, one list's, one person's, what is late, what is done. */
export const taskViews = ["mine", "list", "person", "overdue", "done"] as const;
export type TaskView = (typeof taskViews)[number];
