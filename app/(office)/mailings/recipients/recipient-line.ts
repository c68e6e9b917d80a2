import {
  type RecipientState,
  recipientState,
} from "@/lib/mailings/recipients/recipient-list-model";
import type { RecipientRow } from "@/lib/mailings/recipients/recipient-list-queries";

/** A recipient as the browser gets it. */
export type RecipientLine = Pick<
  RecipientRow,
  "id" | "email" | "fullName" | "comment" | "tags" | "ownerName" | "bounceReason" | "createdAt"
> & {
  state: RecipientState;
  /** The reader's own, to change and to write to. */
  isMine: boolean;
};

export function recipientLine(
  row: RecipientRow,
  readerId: string,
  mayEdit: boolean,
): RecipientLine {
  const { id, email, fullName, comment, tags, ownerName, bounceReason, createdAt } = row;
  return {
    ...{ id, email, fullName, comment, tags, ownerName, bounceReason, createdAt },
    state: recipientState(row),
    isMine: mayEdit && row.ownerId === readerId,
  };
}
