import { z } from "zod";
import { DAY, later } from "@/lib/core/time";
import { checked, parseJson, statusFailure } from "@/lib/kaspi/answer";
import { askShop, type ShopApi } from "@/lib/kaspi/shop-call";

/** Kaspi lists at most 14 days. */
const WINDOW = 13 * DAY;

const order = z.object({ attributes: z.object({ pickupPointId: z.string() }) });
const orders = z.object({ data: z.array(z.unknown()) });

/** `other_shop`: Kaspi takes it, and shows another shop's orders for it. */
export type TokenCheck = "taken" | "refused" | "other_shop";

/**
 * Whether Kaspi takes the token for this shop: asks for one finished order of the last days, the
 * smallest call that needs a right and may tell whose it is (protocol G2). Throws kaspi_address_refused for a page instead of data, else as
 * `statusFailure` and the transport do.
 */
export async function checkToken(
  shop: ShopApi,
  merchantUid: string,
  now: Date,
): Promise<TokenCheck> {
  const since = later(now, -WINDOW).getTime();
  const response = await askShop(shop, {
    // Kaspi refuses to list without a date, and more than 14 days of it.
    path: `/shop/api/v2/orders?page[number]=0&page[size]=1&filter[orders][state]=ARCHIVE&filter[orders][creationDate][$ge]=${since}`,
  });
  if (response.status === 401 || response.status === 403) return "refused";
  if (response.status !== 200) throw statusFailure(response);
  const [one] = checked(orders, parseJson(response), response.url).data;
  const { data } = order.safeParse(one);
  // A pickup point is called by its shop: `{merchant}_{point}`. An order without one tells nothing.
  const [owner] = data?.attributes.pickupPointId.split("_") ?? [];
  return owner === undefined || owner === merchantUid ? "taken" : "other_shop";
}
