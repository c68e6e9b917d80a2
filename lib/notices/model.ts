/** What an owner must know. The text is `notices.<kind>` with the notice's params. */
export type NoticeKind =
  | "needs_reauth"
  | "login_address_refused"
  | "login_waits"
  | "writes_blocked"
  | "login_permissions"
  | "exit_refused"
  | "proxy_dead"
  | "no_cabinet_exit"
  | "main_city_guessed"
  | "sync_incomplete"
  | "run_failed"
  | "prices_held"
  | "canary_failed"
  | "feed_not_fetched"
  | "feed_errors"
  | "token_refused"
  | "preorder_not_shown"
  | "preorder_not_put_back"
  | "low_review"
  | "webhook_off"
  | "webhook_added"
  | "telegram_by_key"
  | "telegram_replaced"
  | "price_frozen"
  | "sending_stopped"
  | "low_stock"
  | "task_assigned"
  | "task_commented"
  | "task_soon"
  | "task_due"
  | "mailing_stopped";

/** About the ways to Kaspi: for whoever may mend them. */
export const ofExits = ["exit_refused", "proxy_dead", "no_cabinet_exit"] satisfies NoticeKind[];

/** About tasks: for the one person each is for. */
export const ofTasks = [
  "task_assigned",
  "task_commented",
  "task_soon",
  "task_due",
] satisfies NoticeKind[];

/** Too many of a kind to stand above every page, or said there otherwise: they are on the page of notices. */
export const unbannered = [
  ...ofTasks,
  "price_frozen",
  "sending_stopped",
  "low_stock",
] satisfies NoticeKind[];

export type Severity = "info" | "warning" | "danger";

export type Notice = {
  id: string;
  kind: NoticeKind;
  severity: Severity;
  storeId: string | null;
  params: Record<string, string | number>;
  createdAt: Date;
  /** Whether the reader may put it away, for everybody. */
  mayDismiss: boolean;
};
