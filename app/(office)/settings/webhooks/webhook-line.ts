import type { WebhookLine } from "@/lib/webhooks/event-model";

/** A webhook as the browser gets it. */
export type WebhookRowLine = Omit<WebhookLine, "userId" | "userName"> & {
  host: string;
  /** Whose it is; null: one's own. */
  of: string | null;
};

export const toRowLine = (
  { userId, userName, ...line }: WebhookLine,
  readerId: string,
): WebhookRowLine => ({
  ...line,
  host: new URL(line.url).host,
  of: userId === readerId ? null : userName,
});
