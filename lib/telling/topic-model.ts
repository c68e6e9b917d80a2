import type { NoticeKind } from "@/lib/notices/model";

/** What somebody can choose to hear of in Telegram, in the order of the page. */
export const topics = [
  "task_due",
  "task_assigned",
  "task_commented",
  "overdue",
  "logins",
  "frozen",
  "stopped",
  "preorders",
  "reviews",
  "stock",
  "failures",
  "day",
  "rest",
] as const;
export type Topic = (typeof topics)[number];

/** What comes at the person's own hour and is no notice of the office. */
export const digests = ["overdue", "day"] as const satisfies Topic[];
export type Digest = (typeof digests)[number];

const topicOfKind: Partial<Record<NoticeKind, Topic>> = {
  task_due: "task_due",
  task_soon: "task_due",
  task_assigned: "task_assigned",
  task_commented: "task_commented",
  needs_reauth: "logins",
  login_address_refused: "logins",
  login_waits: "logins",
  login_permissions: "logins",
  token_refused: "logins",
  price_frozen: "frozen",
  prices_held: "stopped",
  canary_failed: "stopped",
  sending_stopped: "stopped",
  preorder_not_shown: "preorders",
  preorder_not_put_back: "preorders",
  low_review: "reviews",
  low_stock: "stock",
  run_failed: "failures",
};

const isDigest = (kind: NoticeKind | Digest): kind is Digest =>
  digests.some((digest) => digest === kind);

const topicOf = (kind: NoticeKind | Digest): Topic =>
  isDigest(kind) ? kind : (topicOfKind[kind] ?? "rest");

/** Kinds of which nothing is told when these topics are off; `rest` is whatever has none of its own. */
export function isWanted(kind: NoticeKind | Digest, off: readonly string[]): boolean {
  return !off.includes(topicOf(kind));
}
