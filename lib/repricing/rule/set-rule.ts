import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { ownOfCity, setCityFields } from "@/lib/products/city-queries";
import {
  dearestPrice,
  lockProduct,
  type ProductRecord,
  setSellerFields,
} from "@/lib/products/queries";
import { judgeRuledLimits } from "@/lib/repricing/by-hand/manual-rules";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { countBots, makeStoreDue } from "@/lib/repricing/check/check-queries";
import { dueNow } from "@/lib/repricing/check/due-now";
import { forgetAnswered } from "@/lib/repricing/hold/answer-queries";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { type Store, setStoreRule, storeRule, writableStore } from "@/lib/stores/queries";
import { defaultRule } from "./default-rule-model";
import { type RepricingRule, type RuleOverride, ruleOverrideSchema } from "./rule-model";
import { botsWithLimits } from "./store-doubt-queries";
import { doubtsOf, type StoreDoubts } from "./store-doubt-rules";

/** Where a rule came from, when it was not typed; kept with its version. */
export type RuleSource = { putBack: string };
type Said = {
  /** The person has seen that the floor would be under half of the present price. */
  confirm?: boolean;
  source?: RuleSource;
};

/**
 * Replaces what a product's rule has of its own, or what it has in one of its cities; an empty override
 * makes it the store's again, or the product's. Throws `conflict` for a city it is not priced in. Where
 * floor or ceiling begin or cease to come from cost: `invalid` when the bot would be left without a floor or
 * the two would cross, `confirmation_needed` when the floor would be under half of the price.
 */
export async function setProductRule(
  db: Tx,
  caller: Caller,
  productId: string,
  rule: RuleOverride,
  now: Date,
  cityId: string | null = null,
  { confirm = false, source }: Said = {},
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_rule");
    const place = cityId === null ? null : { productId, cityId };
    const own = place && (await ownOfCity(tx, place));
    if (place && !own) throw new AppError("conflict", "city_not_priced");
    const subject = own ? inCity(product, own) : product;
    const changed = own ? { ...subject, cityRule: rule } : { ...subject, rule };
    await judgeLimits(tx, { was: subject, becomes: changed, price: own?.price }, confirm);
    if (place) await setCityFields(tx, place, { rule });
    else await setSellerFields(tx, productId, { rule }, now);
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.rule_changed",
      subjectId: productId,
      details: {
        ...(own
          ? { before: own.rule, after: rule, cityId }
          : { before: product.rule, after: rule }),
        ...source,
      },
    });
  });
}

/** What the limits of a store's bots would be by another rule of it, where that takes them from elsewhere. */
async function doubtsAbout(
  tx: Tx,
  store: Pick<Store, "id" | "rule">,
  rule: RuleOverride,
): Promise<StoreDoubts | null> {
  const before = { ...defaultRule, ...ruleOverrideSchema.safeParse(store.rule).data };
  if (!takesLimitsOtherwise(before, { ...defaultRule, ...rule })) return null;
  const bots = await botsWithLimits(tx, store.id);
  return doubtsOf(
    bots.map(({ productId, price, ...bot }) => ({
      productId,
      price,
      was: ruleOf(store, bot).rule,
      becomes: ruleOf({ rule }, bot).rule,
    })),
  );
}

/** Whether two rules take a limit from different sources. */
const takesLimitsOtherwise = (one: RepricingRule, other: RepricingRule) =>
  one.floorFromCost !== other.floorFromCost || one.ceilingMarkup !== other.ceilingMarkup;

type Ruled = ProductRecord & { cityRule?: unknown };

/** The product with what a city has of its own. */
const inCity = (
  product: ProductRecord,
  { floor, ceiling, rule: cityRule }: Pick<ProductRecord, "floor" | "ceiling" | "rule">,
): Ruled => ({
  ...product,
  floor: floor ?? product.floor,
  ceiling: ceiling ?? product.ceiling,
  cityRule,
});

/** Limits that a rule brings or takes away are judged like those that are typed. */
async function judgeLimits(
  tx: Tx,
  { was, becomes, price }: { was: Ruled; becomes: Ruled; price: Tenge | null | undefined },
  confirm: boolean,
): Promise<void> {
  const store = await storeRule(tx, was.storeId);
  const [before, after] = [ruleOf(store, was).rule, ruleOf(store, becomes).rule];
  if (!takesLimitsOtherwise(before, after)) return;
  const { floor, ceiling } = after;
  const shown = price === undefined ? await dearestPrice(tx, was.id) : price;
  const bot = { botEnabled: was.botEnabled, current: shown };
  const verdict = judgeRuledLimits(before, after, bot);
  const params = { floor: floor ?? 0, ceiling: ceiling ?? 0, price: shown ?? 0 };
  if (verdict.kind === "refuse") throw new AppError("invalid", verdict.key, { params });
  if (verdict.kind === "confirm" && !confirm)
    throw new AppError("confirmation_needed", verdict.key, { params });
}

/**
 * Replaces the store's default rule; products take from it what they do not say themselves. Throws
 * `confirmation_needed` with their counts where floors would be under half of the price, or bots stand still.
 */
export async function setDefaultRule(
  db: Tx,
  caller: Caller,
  storeId: string,
  rule: RuleOverride,
  now: Date,
  { confirm = false, source }: Said = {},
): Promise<void> {
  await db.transaction(async (tx) => {
    await writableStore(tx, caller, storeId, "change_rule");
    // Who changes a store's rule waits here, not at its row: for that the exit gate waits with a decision in hand.
    await lockLedger(tx, storeId);
    const store = { id: storeId, ...(await storeRule(tx, storeId)) };
    const doubts = confirm ? null : await doubtsAbout(tx, store, rule);
    if (doubts)
      throw new AppError("confirmation_needed", "store_rule_doubtful", { params: doubts });
    const products = await countBots(tx, storeId);
    await noteWideChange(tx, { storeId, what: "store_rule", products, by: caller.id, now });
    await setStoreRule(tx, storeId, rule);
    await makeStoreDue(tx, storeId, now);
    await forgetAnswered(tx, { storeId });
    await emit(tx, [events.repriceRequested.create({ storeId })]);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "store.rule_changed",
      details: { before: store.rule, after: rule, ...source },
    });
  });
}
