import { z } from "zod";
import { graphCounters, graphDetails, graphOrders } from "@/lib/kaspi-twin/cabinet-orders";
import { cities, cityName } from "@/lib/kaspi-twin/cities";
import { type Answer, json, parsed } from "@/lib/kaspi-twin/http";
import { findMerchant, type Merchant, type Point } from "@/lib/kaspi-twin/merchants";
import { selected } from "@/lib/kaspi-twin/selection";
import type { Visit } from "@/lib/kaspi-twin/visit";

const body = z.looseObject({
  operationName: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  query: z.string().min(1),
});

/** `POST /mc/facade/graphql?opName=…`: the questions we ask; others get GraphQL's error. */
export function graphql(visit: Visit): Answer {
  const asked = body.safeParse(parsed(visit.request.body));
  if (!asked.success) return failed();
  const name = asked.data.operationName ?? visit.request.query.get("opName") ?? "";
  if (name === "getCities") return json({ data: { cities } });
  const uid = Object.values(asked.data.variables ?? {}).find((value) => typeof value === "string");
  const merchant = visit.session.merchants.includes(uid ?? "") ? findMerchant(uid ?? "") : null;
  if (!merchant) return failed();
  if (name === "getMerchant") {
    return json({ data: { merchant: { id: merchant.uid, name: merchant.name, logo: null } } });
  }
  if (name === "getPointList") return json({ data: { merchant: pointList(merchant) } });
  const variables = asked.data.variables ?? {};
  const data = ofOrders(visit, name, merchant.uid, variables);
  return data === null ? failed() : json({ data: selected(data, asked.data.query, variables) });
}

function ofOrders(
  visit: Visit,
  name: string,
  uid: string,
  variables: Record<string, unknown>,
): unknown {
  if (name === "getOrders") return graphOrders(visit, uid, variables);
  if (name === "getOrderCounters") return graphCounters(visit, uid);
  return name === "getOrderDetails" ? graphDetails(visit, uid, variables.orderCode) : null;
}

function failed(): Answer {
  return json({ errors: [{ message: "Bad Request" }], data: null });
}

function pointList({ uid, points }: Merchant) {
  return { id: uid, points: points.map(pointOf) };
}

function pointOf({ id, active, cityId }: Point) {
  const weekDays = [1, 2, 3, 4, 5, 6, 7].map((dayOfWeek) => ({
    openingTime: "10:00",
    closingTime: "18:00",
    dayOfWeek,
  }));
  return {
    id,
    enabled: active,
    city: { name: cityName(cityId) },
    address: {
      streetName: " улица Учебная",
      streetNumber: " 1",
      building: "",
      phone: "7000000000",
      name: "Точка",
    },
    type: "STORE",
    schedule: { weekDays },
  };
}
