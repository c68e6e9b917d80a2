import { z } from "zod";
import { checked, malformed } from "@/lib/kaspi/answer";
import { reviewHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import { type ReadReview, readReview } from "@/lib/kaspi/review-wire";
import { getFromStorefront, type Storefront } from "@/lib/kaspi/storefront-call";
import { wireNumber } from "@/lib/kaspi/wire-values";

/** Whose reviews: those below a card, or those about a seller. */
export type ReviewsOf = { kind: "card" | "shop"; code: string };

export type ReviewStars = readonly [number, number, number, number, number];

/** What Kaspi says about all of them, whatever page was asked for. */
export type ReviewSummary = {
  /** 1 to 5, one decimal; null while nobody has rated, and where it cannot be read. */
  rating: number | null;
  /** How many of each, one star first; null where it cannot be read. */
  stars: ReviewStars | null;
  /** Null where Kaspi does not say, or says none beside reviews. */
  total: number | null;
};

export type ReviewPage = {
  reviews: ReadReview[];
  summary: ReviewSummary | null;
  /** Rows that came without a readable id. */
  unreadable: number;
};

/** Up to 1,000 was used by others (protocol F); this keeps an answer well under a megabyte. */
export const REVIEWS_PER_PAGE = 200;

/** The least that others have asked for, and the most anybody has seen at a seller's list (protocol F). */
export const FEWEST_PER_PAGE = 10;

/** A seller's reviews are asked for by days back; a year is the most anybody has asked (protocol F). */
const DAYS_BACK = 365;

const wire = z.object({
  data: z.array(z.unknown()),
  summary: z
    .object({
      global: wireNumber.nullish().catch(null),
      statistic: z.array(z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  groupSummary: z.array(z.unknown()).nullish().catch(null),
});

const count = wireNumber.pipe(z.int().min(0));
const groupWire = z.object({ id: z.literal("ALL"), total: count });
const rateWire = z.object({ rate: wireNumber.pipe(z.int().min(1).max(5)) });
const starWire = rateWire.extend({ count });

/** Which page of whose reviews, and how many make a page. */
export type ReviewPageOf = { of: ReviewsOf; page: number; perPage: number };

/**
 * One page of reviews, newest first, with those of no words, too (protocol F); pages count from 0 and an
 * empty one is the end. Throws as `getFromStorefront`, and kaspi_malformed for a first page of rows none of
 * which can be read.
 */
export async function readReviewPage(
  storefront: Storefront,
  { of, page, perPage }: ReviewPageOf,
): Promise<ReviewPage> {
  const url = addressOf(of, page, perPage);
  const headers = reviewHeaders(pageOf(of));
  const answer = checked(wire, await getFromStorefront(storefront, { url, headers }), url);
  const { images } = storefront.transport.hosts;
  const reviews = answer.data.flatMap((row) => readReview(row, images) ?? []);
  const unreadable = answer.data.length - reviews.length;
  if (page === 0 && unreadable > 0 && reviews.length === 0) throw malformed(url);
  return { reviews, summary: summaryOf(answer), unreadable };
}

function addressOf({ kind, code }: ReviewsOf, page: number, perPage: number): URL {
  const place = kind === "card" ? "product" : "merchant";
  const path = `/yml/review-view/api/v1/reviews/${place}/${encodeURIComponent(code)}`;
  const url = new URL(path, realHosts.storefront);
  url.search = new URLSearchParams({
    ...(kind === "card" && { baseProductCode: "", orderCode: "", merchantCodes: "" }),
    filter: "ALL",
    sort: "DATE",
    limit: `${perPage}`,
    page: `${page}`,
    withAgg: "true",
    ...(kind === "shop" && { days: `${DAYS_BACK}` }),
  }).toString();
  return url;
}

/** Where a buyer would stand who reads them. */
const pageOf = ({ kind, code }: ReviewsOf) =>
  kind === "card" ? `/shop/p/-${code}/` : `/shop/info/merchant/${encodeURIComponent(code)}/reviews`;

/** Null where Kaspi says nothing of the whole: the stars are those of everybody, the total is counted apart. */
function summaryOf({ data, summary, groupSummary }: z.output<typeof wire>): ReviewSummary | null {
  const counted = readable(groupWire, groupSummary)[0]?.total ?? null;
  const starred = starsOf(summary?.statistic ?? null);
  const rated = starred?.reduce((sum, stars) => sum + stars, 0) ?? 0;
  // None of any, where there are some, is nothing said.
  const stars = rated > 0 || counted === 0 ? starred : null;
  const said = counted ?? (rated > 0 ? rated : null);
  const total = said === 0 && data.length > 0 ? null : said;
  const rating = summary?.global || meanOf(stars);
  return rating === null && stars === null && total === null ? null : { rating, stars, total };
}

/** Row by row: what stands for no star is left out, and a star without a count leaves nothing known. */
function starsOf(rows: readonly unknown[] | null): ReviewStars | null {
  if (!rows) return null;
  const read = readable(starWire, rows);
  if (read.length < readable(rateWire, rows).length) return null;
  const of = (rate: number) => read.find((one) => one.rate === rate)?.count ?? 0;
  return [of(1), of(2), of(3), of(4), of(5)];
}

/** One decimal, as Kaspi's own. */
function meanOf(stars: ReviewStars | null): number | null {
  const rated = stars?.reduce((sum, each) => sum + each, 0) ?? 0;
  if (!stars || rated === 0) return null;
  return (
    Math.round((10 * stars.reduce((sum, each, nth) => sum + each * (nth + 1), 0)) / rated) / 10
  );
}

const readable = <T>(schema: z.ZodType<T>, rows: readonly unknown[] | null | undefined): T[] =>
  (rows ?? []).flatMap((row) => {
    const read = schema.safeParse(row);
    return read.success ? [read.data] : [];
  });
