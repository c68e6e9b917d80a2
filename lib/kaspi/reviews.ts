import { z } from "zod";
import { checked, malformed } from "@/lib/kaspi/answer";
import { reviewHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import { type ReadReview, readReview } from "@/lib/kaspi/review-wire";
import { getFromStorefront, type Storefront } from "@/lib/kaspi/storefront-call";
import { wireNumber } from "@/lib/kaspi/wire-values";

/** Whose reviews: those below a card, or those about a seller. */
export type ReviewsOf = { kind: "card" | "shop"; code: string };

/** What Kaspi says about all of them, whatever page was asked for. */
export type ReviewSummary = {
  /** 1 to 5, one decimal; null while nobody has rated. */
  rating: number | null;
  /** How many of each, one star first. */
  stars: readonly [number, number, number, number, number];
  total: number;
};

export type ReviewPage = {
  reviews: ReadReview[];
  summary: ReviewSummary | null;
  /** Rows that came without a readable id. */
  unreadable: number;
};

/** Up to 1,000 was used by others (protocol F); this keeps an answer well under a megabyte. */
export const REVIEWS_PER_PAGE = 200;

/** A seller's reviews are asked for by days back; a year is the most anybody has asked (protocol F). */
const DAYS_BACK = 365;

const wire = z.object({
  data: z.array(z.unknown()),
  summary: z
    .object({
      global: wireNumber.nullish().catch(null),
      statistic: z.array(z.object({ rate: z.int().min(1).max(5), count: z.int().min(0) })),
    })
    .nullish()
    .catch(null),
  groupSummary: z
    .array(z.object({ id: z.string(), total: z.int().min(0) }))
    .nullish()
    .catch(null),
});

/**
 * One page of reviews, newest first, with those of no words, too (protocol F); pages count from 0 and an
 * empty one is the end. Throws as `getFromStorefront`, and kaspi_malformed for rows of which none can
 * be read.
 */
export async function readReviewPage(
  storefront: Storefront,
  { of, page }: { of: ReviewsOf; page: number },
): Promise<ReviewPage> {
  const url = addressOf(of, page);
  const headers = reviewHeaders(pageOf(of));
  const answer = checked(wire, await getFromStorefront(storefront, { url, headers }), url);
  const { images } = storefront.transport.hosts;
  const reviews = answer.data.flatMap((row) => readReview(row, images) ?? []);
  const unreadable = answer.data.length - reviews.length;
  if (unreadable > 0 && reviews.length === 0) throw malformed(url);
  return { reviews, summary: summaryOf(answer), unreadable };
}

function addressOf({ kind, code }: ReviewsOf, page: number): URL {
  const place = kind === "card" ? "product" : "merchant";
  const path = `/yml/review-view/api/v1/reviews/${place}/${encodeURIComponent(code)}`;
  const url = new URL(path, realHosts.storefront);
  url.search = new URLSearchParams({
    ...(kind === "card" && { baseProductCode: "", orderCode: "", merchantCodes: "" }),
    filter: "ALL",
    sort: "DATE",
    limit: `${REVIEWS_PER_PAGE}`,
    page: `${page}`,
    withAgg: "true",
    ...(kind === "shop" && { days: `${DAYS_BACK}` }),
  }).toString();
  return url;
}

/** Where a buyer would stand who reads them. */
const pageOf = ({ kind, code }: ReviewsOf) =>
  kind === "card" ? `/shop/p/-${code}/` : `/shop/info/merchant/${encodeURIComponent(code)}/reviews`;

/** Null where Kaspi counts nothing: the stars are those of everybody, the total is counted apart. */
function summaryOf({ summary, groupSummary }: z.output<typeof wire>): ReviewSummary | null {
  const counted = groupSummary?.find(({ id }) => id === "ALL")?.total ?? null;
  if (!summary && counted === null) return null;
  const rated = (rate: number) => summary?.statistic.find((one) => one.rate === rate)?.count ?? 0;
  const stars = [rated(1), rated(2), rated(3), rated(4), rated(5)] as const;
  const total = counted ?? stars.reduce((sum, count) => sum + count, 0);
  return { rating: summary?.global || null, stars, total };
}
