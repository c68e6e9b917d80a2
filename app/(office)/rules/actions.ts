"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { RuleLook } from "@/components/repricing/rule-look";
import { action } from "@/lib/auth/action";
import { storable } from "@/lib/core/text";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { forgetCounts } from "@/lib/products/counts-cache";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { previewProductRule, previewStoreRule } from "@/lib/repricing/bulk/preview-many";
import { decisionText } from "@/lib/repricing/decide/reason-text";
import { ruleToCopy } from "@/lib/repricing/rule/copy-rule";
import { confirmField } from "@/lib/repricing/rule/form-model";
import { putBackRule } from "@/lib/repricing/rule/put-back-rule";
import { MOST_SELLERS } from "@/lib/repricing/rule/rule-bounds-model";
import { ruleForm, storeRuleForm } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import { ruleVersions } from "@/lib/repricing/rule/rule-version-queries";
import { sellersLike } from "@/lib/rivals/list-rules";
import { merchantNames } from "@/lib/rivals/name-queries";
import { rivalsLately } from "@/lib/rivals/rivals-lately";
import { cityIdField } from "@/lib/stores/model";
import { versionLines } from "./version-lines";

const productRule = z.object({
  productId: z.uuid(),
  cityId: cityIdField.optional(),
  rule: ruleForm,
});
const owner = z.union([z.object({ productId: z.uuid() }), z.object({ storeId: z.uuid() })]);

export const lookAtProductRule = action(
  productRule,
  async (caller, { productId, cityId = null, rule }): Promise<RuleLook> => {
    const { db, clock } = kaspiAccess();
    const asked = { productId, cityId, rule };
    const { preview, market } = await previewProductRule(db, caller, asked, clock());
    const { locale } = caller;
    const sentence = preview.decision && decisionText(translator(locale), locale, preview.decision);
    return { sentence, market };
  },
);

export const lookAtStoreRule = action(
  storeRuleForm,
  async (caller, { storeId, rule }): Promise<RuleLook> => {
    const { db, clock } = kaspiAccess();
    return { sentence: null, market: await previewStoreRule(db, caller, storeId, rule, clock()) };
  },
);

const MOST_FOUND = 8;
const storableText = z.string().overwrite(storable).trim().max(100);

/** Products whose rule may be taken over. */
export const findRuleSources = action(z.object({ q: storableText }), async (caller, asked) => {
  const { db, clock } = kaspiAccess();
  const { rows, total } = await listProducts(db, caller, productListSchema.parse(asked), clock());
  const found = rows.slice(0, MOST_FOUND).map(({ id, name, sku, storeName }) => ({
    id,
    name,
    sku,
    storeName,
  }));
  return { found, hasMore: total > MOST_FOUND };
});

export const ruleOfProduct = action(z.object({ productId: z.uuid() }), async (caller, asked) =>
  ruleFormValues(await ruleToCopy(kaspiAccess().db, caller, asked.productId)),
);

/** Rivals to choose from: those seen on the caller's cards, those on most of them first. */
export const findSellers = action(z.object({ q: storableText }), async (caller, { q }) => {
  const { db, clock } = kaspiAccess();
  return sellersLike(await rivalsLately(db, caller, undefined, clock()), q, MOST_FOUND);
});

export const nameSellers = action(
  z.object({ ids: z.array(storableText).max(4 * MOST_SELLERS) }),
  (_caller, { ids }) => merchantNames(kaspiAccess().db, ids),
);

export const ruleHistory = action(owner, async (caller, whose) => {
  const { db, clock } = kaspiAccess();
  return versionLines(db, caller, whose, await ruleVersions(db, caller, whose), clock());
});

export const putBack = action(
  z.object({ owner, versionId: z.uuid(), confirm: confirmField }),
  async (caller, asked) => {
    const { db, clock } = kaspiAccess();
    await putBackRule(db, caller, asked, clock());
    forgetCounts(caller);
    revalidatePath("productId" in asked.owner ? `/products/${asked.owner.productId}` : "/stores");
  },
);
