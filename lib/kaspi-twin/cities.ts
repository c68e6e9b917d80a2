import list from "@/lib/kaspi/cities.json" with { type: "json" };

export type City = { id: string; name: string };

/** The cities of Kaspi's storefront, as its city chooser lists them. */
export const cities: readonly City[] = list.flatMap(([id, name]) =>
  id !== undefined && name !== undefined ? [{ id, name }] : [],
);

const byId = new Map(cities.map((city) => [city.id, city]));

/** Kaspi answers an unknown city as if it were Almaty. */
export const ALMATY = "750000000";

/** Where most sellers stand; rivals are spread over these. */
export const bigCities = [
  ALMATY,
  "710000000",
  "511010000",
  "351010000",
  "151010000",
  "551010000",
  "631010000",
  "311010000",
] as const;

export function isCity(id: string): boolean {
  return byId.has(id);
}

export function cityName(id: string): string {
  return byId.get(id)?.name ?? id;
}
