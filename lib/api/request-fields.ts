import { z } from "zod";
import { storable } from "@/lib/core/text";

/** An id of ours, in a query or a body. */
export const idField = z.uuid({ error: "not_an_id" }).toLowerCase();

/** What somebody is looked for by. */
export const searchField = z.string().overwrite(storable).trim().min(1).max(100);

/** `true` or `false` in a query. */
export const yesNo = z
  .enum(["true", "false"], { error: "not_yes_or_no" })
  .transform((said) => said === "true");

/** Whose it is to be; the caller's own when it is not said. */
export const ownerField = idField.optional().describe("Default: whose key it is");
