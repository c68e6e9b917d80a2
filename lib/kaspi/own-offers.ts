import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { checked, malformed } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import { type OwnOffer, readOwnOffer } from "@/lib/kaspi/own-offer";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireNumber } from "@/lib/kaspi/wire-values";

export type OwnOffersPage = {
  offers: OwnOffer[];
  /** All offers of the list, over all pages. */
  total: number;
  /** Rows of this page that came but could not be read. A complete walk counts them too. */
  unreadable: number;
};

/** Larger pages were never tried by anyone (protocol B1). */
const LARGEST_PAGE = 100;

const wire = z.object({ data: z.array(z.unknown()), total: wireNumber });

/**
 * A page of the shop's offers (protocol B1), `page` from 0, on sale, removed, or both when `onSale`
 * is left out. An empty page is the end.
 */
export async function listOwnOffers(
  cabinet: CabinetSession,
  query: { merchantUid: string; page: number; pageSize?: number; onSale?: boolean },
): Promise<OwnOffersPage> {
  const { merchantUid, page, pageSize = LARGEST_PAGE, onSale } = query;
  return readPage(cabinet, {
    m: merchantUid,
    p: String(page),
    l: String(pageSize),
    ...(onSale === undefined ? {} : { a: String(onSale) }),
  });
}

const FIRST_LOOK = 10;
const SEARCH_PAGES = 10;

/**
 * The offer with exactly this article, null when the shop has none (protocol B1 `t`, which also
 * matches card ids and titles). Throws kaspi_malformed when it cannot be told.
 */
export async function findOwnOffer(
  cabinet: CabinetSession,
  { merchantUid, sku }: { merchantUid: string; sku: string },
): Promise<OwnOffer | null> {
  const search = (page: number, size: number) =>
    readPage(cabinet, { m: merchantUid, p: String(page), l: String(size), t: sku });
  let found = await search(0, FIRST_LOOK);
  let seen = FIRST_LOOK;
  for (let page = 0; ; page += 1) {
    const match = found.offers.find((offer) => offer.sku === sku);
    if (match) return match;
    const contradicts = page === 0 && found.offers.length === 0 && found.total > 0;
    if (found.unreadable > 0 || contradicts) throw new AppError("kaspi_malformed");
    if (found.total <= seen || found.offers.length === 0) return null;
    if (page === SEARCH_PAGES) throw new AppError("kaspi_malformed");
    found = await search(page, LARGEST_PAGE);
    seen = (page + 1) * LARGEST_PAGE;
  }
}

async function readPage(
  cabinet: CabinetSession,
  query: Record<string, string>,
): Promise<OwnOffersPage> {
  const { answer, url } = await callCabinet(cabinet, { path: "/bff/offer-view/list", query });
  const { data, total } = checked(wire, answer, url);
  if (!Number.isSafeInteger(total) || total < 0) throw malformed(url);
  const rows = data.map((row) => readOwnOffer(row, cabinet.transport.hosts));
  const offers = rows.filter((row) => row !== null);
  return { offers, total, unreadable: rows.length - offers.length };
}
