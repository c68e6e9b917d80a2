type CityWithPoints = { id: string; points: { active: boolean }[] };

/**
 * The city whose price is the store's price: the one with most active points, the lowest id on a tie.
 * Null when no city has an active point: then Almaty is a guess and a person must be asked.
 */
export function chooseMainCity(cities: CityWithPoints[]): string | null {
  const counted = cities
    .map((city) => ({ id: city.id, active: city.points.filter((point) => point.active).length }))
    .filter((city) => city.active > 0)
    .sort((a, b) => b.active - a.active || a.id.localeCompare(b.id));
  return counted[0]?.id ?? null;
}
