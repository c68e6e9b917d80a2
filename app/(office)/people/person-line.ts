import type { Person } from "@/lib/people/model";

/** A group as it can be chosen, by its name in the reader's language. */
export type GroupChoice = { id: string; name: string };

/** A row of the table as the browser gets it. */
export type PersonLine = Omit<Person, "permissions" | "shares"> & {
  isSelf: boolean;
  /** Of their groups. */
  groupNames: string[];
  /** Whether the reader may block them; the rest is an owner's. */
  mayBlock: boolean;
};
