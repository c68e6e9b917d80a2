import type { MessageGiven } from "@/lib/mailings/messages/message-model";

/** Whether two letters say the same. */
export const isSame = (one: MessageGiven, other: MessageGiven): boolean =>
  one.subject === other.subject &&
  one.bodyText === other.bodyText &&
  one.bodyHtml === other.bodyHtml;
