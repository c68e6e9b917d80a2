import { cityName } from "@/lib/kaspi-twin/cities";
import { type Answer, json } from "@/lib/kaspi-twin/http";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { Visit } from "@/lib/kaspi-twin/visit";

/** `GET /bff/offer-view/points`: the merchant's points by city. */
export function pickupPoints(_: Visit, merchant: Merchant): Answer {
  const cityIds = [...new Set(merchant.points.map((point) => point.cityId))];
  return json(
    cityIds.map((id) => ({
      id,
      name: cityName(id),
      pickupPoints: merchant.points
        .filter((point) => point.cityId === id)
        .map((point) => ({ name: point.id, displayName: point.code, active: point.active })),
    })),
  );
}
