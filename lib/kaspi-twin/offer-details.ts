import { z } from "zod";
import { DAY } from "@/lib/core/time";
import { cities, cityName } from "@/lib/kaspi-twin/cities";
import { type Answer, empty, json, parsed } from "@/lib/kaspi-twin/http";
import type { Merchant, Point } from "@/lib/kaspi-twin/merchants";
import { offerError } from "@/lib/kaspi-twin/offer-row";
import { priceIn } from "@/lib/kaspi-twin/offer-state";
import type { ShelfOffer } from "@/lib/kaspi-twin/shelves";
import type { Visit } from "@/lib/kaspi-twin/visit";
import { almatyDate, nanoDate } from "@/lib/kaspi-twin/wire-dates";

/** `GET /bff/offer-view/details`: an offer by city and point; it never tells the stock. */
export function offerDetails({ world, request }: Visit, merchant: Merchant): Answer {
  const offer = world.shelves.find(merchant, request.query.get("s") ?? "");
  if (!offer) return empty(404);
  const { card, sku, state } = offer;
  return json({
    sku,
    title: state.model ?? card.title,
    masterName: card.title,
    masterSku: card.id,
    masterCategory: `Master - ${card.kind.category}`,
    cities: citiesOf(offer),
    updatedAt: nanoDate(state.updatedAt),
    available: state.onSale,
    masterProduct: masterProduct(offer, world.urls.images),
    cityInfo: cityInfo(offer),
    editionDeadline: almatyDate(state.updatedAt + DAY),
    availabilities: openPoints(merchant).map(pointDetails),
    ...(state.errorCode ? { offerError: offerError(state) } : {}),
  });
}

/** `POST /offers/api/v1/offer/details` `{sku:[…]}`: the same for several, as a bare array. */
export function offerDetailsBatch({ world, request }: Visit, merchant: Merchant): Answer {
  const body = z.object({ sku: z.array(z.string()) }).safeParse(parsed(request.body));
  if (!body.success) return empty(400);
  const offers = body.data.sku.flatMap((sku) => world.shelves.find(merchant, sku) ?? []);
  return json(
    offers.map((offer) => ({
      sku: offer.sku,
      masterSku: offer.card.id,
      title: offer.state.model ?? offer.card.title,
      cities: citiesOf(offer),
      available: offer.state.onSale,
    })),
  );
}

function citiesOf(offer: ShelfOffer) {
  return cities.map(({ id }) => ({
    cityId: id,
    price: priceIn(offer.state, id),
    oldPrice: offer.state.oldPrice,
    points: pointsIn(offer, id),
  }));
}

function pointsIn({ merchant, state }: ShelfOffer, cityId: string) {
  const local = merchant.points.filter((point) => point.cityId === cityId);
  const points = (state.points ?? []).flatMap(({ pointId, available }) =>
    local.some((point) => point.id === pointId) ? [{ pointId, name: null, available }] : [],
  );
  return points.length > 0 ? points : null;
}

function openPoints({ points }: Merchant): Point[] {
  return points.filter((point) => point.active);
}

function pointDetails({ id, code, cityId }: Point) {
  return {
    pointId: id,
    name: code,
    pickup: true,
    kaspiDelivery: true,
    kaspiDeliveryLocal: true,
    kaspiDeliveryExpress: false,
    merchantDelivery: false,
    address: address(),
    cityId,
    cityName: cityName(cityId),
  };
}

function address() {
  return {
    code: null,
    latitude: 43.25,
    longitude: 76.9,
    streetName: " улица Учебная",
    streetNumber: " 1",
    town: null,
    building: "",
    phone: "7000000000",
    name: "Точка",
    apartment: null,
    district: null,
  };
}

function cityInfo({ merchant, state }: ShelfOffer) {
  const points = openPoints(merchant);
  return [...new Set(points.map((point) => point.cityId))].map((cityId) => ({
    id: cityId,
    name: cityName(cityId),
    price: priceIn(state, cityId),
    oldPrice: state.oldPrice ?? 0,
    pickupPoints: points.filter((point) => point.cityId === cityId).map(pickupPoint),
  }));

  function pickupPoint({ id, code, cityId }: Point) {
    return {
      name: id,
      displayName: code,
      type: "STORE",
      openingSchedule: schedule(id),
      kdSchedule: schedule(id),
      active: true,
      address: address(),
      merchantUid: merchant.uid,
      rfoID: null,
      kaspiDelivery: true,
      kdPickupType: "SELF_DELIVERY",
      kdReturnPointCode: null,
      available: state.points?.some((one) => one.pointId === id && one.available) ?? false,
      cityName: cityName(cityId),
    };
  }
}

function schedule(pointId: string) {
  const weekDays = [1, 2, 3, 4, 5, 6, 7].map((dayOfWeekIndex) => ({
    openingTime: { hour: 10, minute: 0 },
    closingTime: { hour: 18, minute: 0 },
    dayOfWeekIndex,
  }));
  return { code: `${pointId}-Sch`, weekDays, specialDays: [] };
}

function masterProduct({ card }: ShelfOffer, imagesUrl: string) {
  const { category, path } = card.kind;
  const large = `${imagesUrl}/img/m/p/${card.imagePath}?format=gallery-large`;
  return {
    card: {
      id: card.id,
      name: card.title,
      createdTime: "2023-10-16T05:14:03.571+00:00",
      maxQuantity: 20,
      numberOfOrders: null,
      category: [category, ...path],
      promoConditions: {
        brand: card.brand,
        categoryCodes: [category, ...path, "Categories"],
        baseProductCodes: [],
        groups: null,
      },
    },
    galleryImages: [{ large }],
    specifications: [],
  };
}
