import type { ApiKeyLine } from "@/lib/auth/api-key-model";

/** A row of the table as the browser gets it. */
export type KeyLine = Omit<ApiKeyLine, "userId" | "userName" | "expiresAt"> & {
  /** Whose it is; null: one's own. */
  of: string | null;
  end: { date: string; isPast: boolean } | null;
};
