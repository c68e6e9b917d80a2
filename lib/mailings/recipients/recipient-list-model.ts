/** No schema in here: the browser needs these lists, too. */
export const RECIPIENTS_PAGE = 50;

/** Whether letters go to them, and if not, why. */
export const recipientStates = ["active", "unsubscribed", "bounced"] as const;
export type RecipientState = (typeof recipientStates)[number];

/** Orders of the list; a minus in front turns them round. */
export const recipientOrders = ["email", "-email", "name", "-name", "added", "-added"] as const;
export type RecipientOrder = (typeof recipientOrders)[number];

type Silenced = { unsubscribedAt: Date | null; bouncedAt: Date | null };

/** Who has unsubscribed is told so first: it is their own word. */
export function recipientState({ unsubscribedAt, bouncedAt }: Silenced): RecipientState {
  if (unsubscribedAt) return "unsubscribed";
  return bouncedAt ? "bounced" : "active";
}

/** Tags as a person types them into one field. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

export const tagsText = (tags: readonly string[]): string => tags.join(", ");
