import type { Costs } from "@/lib/costs/model";
import { workOut } from "@/lib/costs/work-out";
import type { Tx } from "@/lib/db/client";
import type { SellerState } from "./bulk-model";
import type { BulkProduct } from "./bulk-queries";
import { computedBy, type FieldsOutcome, judgeFields } from "./fields-rules";

/** What somebody wants of a product at once. */
export type FieldsWanted = {
  product: BulkProduct & { category: string | null };
  fields: Partial<SellerState>;
  /** What it is to cost; null: that stays. */
  costs: Costs | null;
};

/**
 * What would come of these fields and costs, one outcome for each: the limits are those that the costs
 * make with the tariffs of the day. Saves nothing, and does not ask who may.
 */
export async function tryFields(
  tx: Tx,
  wanted: readonly FieldsWanted[],
  now: Date,
): Promise<FieldsOutcome[]> {
  const costed = wanted.flatMap(({ product, costs }) => (costs ? [{ product, costs }] : []));
  const said = new Map(costed.map(({ product, costs }) => [product.id, costs]));
  const subjects = costed.map(({ product }) => product);
  const worked = costed.length > 0 ? await workOut(tx, subjects, now, said) : null;
  return wanted.map(({ product, fields }) => {
    const one = worked?.get(product.id);
    return judgeFields(product, fields, one ? computedBy(one) : null);
  });
}
