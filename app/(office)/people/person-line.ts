import type { Person } from "@/lib/people/model";

/** A row of the table as the browser gets it. */
export type PersonLine = Person & { isSelf: boolean };
