import type { Caller } from "@/lib/auth/model";
import { lacking, sees } from "@/lib/auth/permissions";

/** Throws `forbidden` for who may read reviews of no store: cards of others are not for them either. */
export function requireReviews(caller: Caller): void {
  if (!sees(caller, "view_review")) throw lacking("view_review");
}
