import { expect, test } from "vitest";
import { listOwnOffers } from "@/lib/kaspi/own-offers";
import { fixture } from "./fixtures";
import { cabinetAnswering } from "./stub-server";

const query = { merchantUid: "6871008", page: 0 };

async function listed(name: string) {
  const { cabinet, seen } = await cabinetAnswering({ body: fixture(name) });
  return { page: await listOwnOffers(cabinet, query), seen };
}

test("an offer on sale is read with its city price, its point and its brand", async () => {
  const { page } = await listed("bff-offer-view-list_active_2026-09-15.response.json");
  expect(page).toMatchObject({ total: 694, unreadable: 0 });
  expect(page.offers[0]).toMatchObject({
    sku: "VE804",
    cardId: "148612962",
    offerId: "6aa8e47e7a16394b32a31f8e",
    model: "мини-диван прямой Веста, обивка велюр, 155х80х79 см, темно-серый [Anfora 27]",
    brand: "RADEYA",
    category: "Master - Sofas",
    shopPath: "/p/radeja-mini-divan-vesta-148612962/",
    onSale: true,
    pending: false,
    price: 247_000,
    cityPrices: [{ cityId: "710000000", price: 247_000 }],
    availabilities: [
      {
        pointId: "6871008_PP3",
        available: true,
        stockManaged: false,
        stockCount: null,
        preorderDays: 11,
      },
    ],
    stock: null,
  });
  expect(page.offers[1]).toMatchObject({
    availabilities: [{ stockManaged: true, stockCount: 2, preorderDays: 0 }],
    stock: 2,
  });
});
