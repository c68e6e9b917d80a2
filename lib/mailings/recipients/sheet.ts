import type { SheetColumn } from "@/lib/excel/sheet-model";
import { type RecipientState, recipientState, tagsText } from "./recipient-list-model";

type Column = "email" | "name" | "tags" | "comment" | "state" | "reason" | "added" | "owner";

type Words = {
  header: (name: Column) => string;
  state: (state: RecipientState) => string;
};

type Row = {
  email: string;
  fullName: string;
  comment: string;
  tags: string[];
  ownerName: string;
  createdAt: Date;
  unsubscribedAt: Date | null;
  bouncedAt: Date | null;
  bounceReason: string | null;
};

/** The columns of a file of recipients; whose they are for whoever sees those of others. */
export function recipientsSheet({ header, state }: Words, withOwner: boolean): SheetColumn<Row>[] {
  const columns: SheetColumn<Row>[] = [
    { header: header("email"), width: 32, value: ({ email }) => email },
    { header: header("name"), width: 28, value: ({ fullName }) => fullName || null },
    { header: header("tags"), width: 24, value: ({ tags }) => tagsText(tags) || null },
    { header: header("comment"), width: 36, value: ({ comment }) => comment || null },
    { header: header("state"), width: 18, value: (row) => state(recipientState(row)) },
    { header: header("reason"), width: 36, value: ({ bounceReason }) => bounceReason },
    { header: header("added"), width: 18, value: ({ createdAt }) => createdAt },
  ];
  const owner = { header: header("owner"), width: 20, value: ({ ownerName }: Row) => ownerName };
  return withOwner ? [...columns, owner] : columns;
}
