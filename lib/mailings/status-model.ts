/** Where a mailing is. */
export const mailingStatuses = ["created", "running", "paused", "completed", "cancelled"] as const;
export type MailingStatus = (typeof mailingStatuses)[number];

export const repeats = ["none", "day", "week", "month"] as const;
export type Repeats = (typeof repeats)[number];

/** Where a letter of a run is. */
export const attemptStatuses = [
  "waiting",
  "sending",
  "success",
  "failure",
  "unknown",
  "skipped",
] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

/** Why a letter was not sent, or nobody knows what became of it, where the server has not said so. */
export const attemptReasons = [
  "unsubscribed",
  "bounced",
  "deleted",
  "late",
  "cancelled",
  "interrupted",
  "no_answer",
] as const;
export type AttemptReason = (typeof attemptReasons)[number];
