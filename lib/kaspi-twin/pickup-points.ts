import { cityName } from "./cities";
import { type Answer, json } from "./http";
import type { Merchant } from "./merchants";
import type { Visit } from "./visit";

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
