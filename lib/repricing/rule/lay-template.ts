import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { ownOfCity } from "@/lib/products/city-queries";
import { lockProduct } from "@/lib/products/queries";
import { readableRule } from "./copy-rule";
import { type RuleTemplate, ruleTemplates } from "./rule-templates";
import { setProductRule } from "./set-rule";

type Asked = { productId: string; cityId: string | null; template: RuleTemplate };

/**
 * Lays a template over what a product, or one of its cities, says of its own; the rest stays. Throws
 * `invalid` for a rule nobody can read, and whatever setting that rule by hand throws.
 */
export async function layTemplate(
  db: Tx,
  caller: Caller,
  { productId, cityId, template }: Asked,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_rule");
    const city = cityId === null ? null : await ownOfCity(tx, { productId, cityId });
    const own = readableRule(cityId === null ? product.rule : (city?.rule ?? {}));
    const rule = { ...own, ...ruleTemplates[template] };
    await setProductRule(tx, caller, productId, rule, now, cityId);
  });
}
