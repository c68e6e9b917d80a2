import type { Caller } from "@/lib/auth/model";
import { keepTo, type Pace } from "@/lib/auth/pace-queries";
import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { readMarket } from "@/lib/exits/read-market";
import { ALMATY } from "@/lib/stores/model";
import { knownMerchants } from "@/lib/stores/queries";
import { type ProductRecord, productByCard, productById } from "./product-queries";

/** One a second of one person, and as many at once as they have waited for. */
const reads: Pace = { everyMs: SECOND, burst: 60 };
const LONGEST_MS = 30 * SECOND;

type Question = { card: string } | { productId: string };

/**
 * Who sells a card in a city now, asked of Kaspi at the pace of our exits; by the store of the caller's
 * product, if they have it. Throws `not_found`, `unavailable` when nobody can tell now, `official_only`,
 * `conflict` for a product without a card, `rate_limited` for more than one a second.
 */
export async function readOffers(
  access: KaspiAccess,
  caller: Caller,
  question: Question,
  city: string | undefined,
  signal: AbortSignal,
) {
  const { db } = access;
  const product = await productMeant(access, caller, question);
  const cardId = "card" in question ? question.card : product?.cardId;
  if (!cardId) throw new AppError("conflict", "no_card");
  const storeId = product?.storeId ?? null;
  const cityId = city ?? product?.leadCityId ?? ALMATY;
  const retryAfterMs = await keepTo(db, `market ${caller.id}`, reads, access.clock());
  if (retryAfterMs > 0)
    throw new AppError("rate_limited", "too_many_market_reads", { retryAfterMs });
  const market = await readInTime(access, { storeId, cardId, cityId }, signal);
  return { product, cityId, market, own: await knownMerchants(db, caller) };
}

async function productMeant(
  { db }: KaspiAccess,
  caller: Caller,
  question: Question,
): Promise<ProductRecord | null> {
  if ("card" in question) return productByCard(db, caller, question.card);
  const product = await productById(db, caller, question.productId);
  if (!product) throw new AppError("not_found", "product_not_found");
  return product;
}

async function readInTime(
  access: KaspiAccess,
  question: Parameters<typeof readMarket>[1],
  signal: AbortSignal,
) {
  const late = AbortSignal.timeout(LONGEST_MS);
  const unread = (cause?: unknown) =>
    new AppError("unavailable", "market_unread", { retryAfterMs: LONGEST_MS, cause });
  const read = await readMarket(access, question, AbortSignal.any([signal, late])).catch(
    (error) => {
      throw late.aborted ? unread(error) : error;
    },
  );
  if (read.kind === "unseen") throw unread();
  return read;
}
