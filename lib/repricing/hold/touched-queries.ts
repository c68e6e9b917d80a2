import { type SQL, sql } from "drizzle-orm";
import { bulkItems } from "@/lib/db/schema/bulk";
import { decisions } from "@/lib/db/schema/repricing";
import type { wideChanges } from "@/lib/db/schema/safety";

type Wide = Pick<typeof wideChanges.$inferSelect, "what" | "subject">;

const inBulk = (subject: SQL) => sql`exists (select 1 from ${bulkItems} i
  where i.bulk_id = ${subject}::uuid and i.product_id = ${decisions.productId}
    and i.state = 'changed')`;

/**
 * Whether a decision's product is one whose rules were changed: of a change of many those that it has
 * changed, of any other all of the store. What is not touched is not tried out, and does not wait.
 */
export const isTouchedBy = ({ what, subject }: Wide): SQL =>
  what === "bulk" ? inBulk(sql`${subject}`) : sql`true`;

/** The same by the row `w` of `wide_changes`. */
export const isTouchedByRow = sql`case when w.what = 'bulk' then ${inBulk(sql`w.subject`)} else true end`;
