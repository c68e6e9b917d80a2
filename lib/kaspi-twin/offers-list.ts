import { type Answer, empty, jsonText } from "@/lib/kaspi-twin/http";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import { offerRow } from "@/lib/kaspi-twin/offer-row";
import type { Visit } from "@/lib/kaspi-twin/visit";

const UI_PAGE = 10;
/** Larger pages were never tried on the real thing. */
const LARGEST_PAGE = 100;

/** `GET /bff/offer-view/list`: 0-based pages; `total` belongs to the filter, not to the page. */
export function offersList({ world, request }: Visit, merchant: Merchant): Answer {
  const { query } = request;
  const page = Number(query.get("p") ?? 0);
  const size = Number(query.get("l") ?? UI_PAGE);
  if (!isCount(page) || !isCount(size) || size === 0 || size > LARGEST_PAGE) return empty(400);

  const onSale = query.get("a");
  const all = world.shelves.indexes(merchant, onSale === null ? null : onSale === "true");
  const text = query.get("t");
  const occasion = { endpoint: "list" as const, page, merchantUid: merchant.uid };
  const isLost = text && world.faults.strikes("list_finds_nothing", { ...occasion, sku: text });
  const met = text ? world.shelves.search(merchant, text, all) : all;
  const found = isLost ? [] : met;

  const shown = world.faults.strikes("list_repeats_page", occasion) ? 0 : page;
  const onlyPricedCities = world.faults.strikes("unlisted_cities_unsold", occasion) !== null;
  const rows = found.slice(shown * size, (shown + 1) * size).map((index) => {
    const offer = world.shelves.offer(merchant, index);
    const promised = world.writes.promisedBy(merchant.uid, offer.sku);
    const pending = promised === null ? null : { appliedBefore: promised };
    return offerRow(offer, { imagesUrl: world.urls.images, pending, onlyPricedCities });
  });
  if (rows.length > 1 && world.faults.strikes("list_bad_row", occasion)) rows[1] = nonsense;
  if (world.faults.strikes("list_twice", occasion)) rows.push(...rows);
  const lie = world.faults.strikes("list_wrong_total", occasion);
  const total = found.length + (lie ? (lie.by ?? 7) : 0);
  return jsonText(`{"data":[${rows.join(",")}],"total":${total}}`);
}

const nonsense = `{"sku":null,"title":12,"available":"yes","price":"дорого","availabilities":{}}`;

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}
