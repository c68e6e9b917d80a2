import type { BudgetUse, CityChoice, CityView, Point, Stop, StopFacts } from "./page-model";
import { chooseMainCity } from "./rules";

/** What stands still and why, the reasons only a person can undo first. Empty: everything works. */
export function stopsOf(facts: StopFacts, now: Date): Stop[] {
  const stops: Stop[] = [];
  if (facts.officeStopped) stops.push({ kind: "office", ...facts.officeStopped });
  if (facts.stopped) stops.push({ kind: "store", ...facts.stopped });
  if (facts.officialOnly) stops.push({ kind: "official" });
  if (!facts.isActive)
    stops.push({ kind: "paused", who: facts.paused?.who ?? null, at: facts.paused?.at ?? null });
  if (facts.login === null || facts.session === "needs_reauth")
    stops.push({ kind: "login", reason: facts.reauthReason, login: facts.login });
  if (isAhead(facts.loginBlockedUntil, now))
    stops.push({
      kind: "login_break",
      by: facts.loginBlockedBy ?? "flood",
      until: facts.loginBlockedUntil,
    });
  if (isAhead(facts.writesBlockedUntil, now))
    stops.push({ kind: "writes", until: facts.writesBlockedUntil });
  const { limit, windowMinutes, freeAt } = facts.budget;
  if (freeAt) stops.push({ kind: "budget", limit, windowMinutes, until: freeAt });
  return [...stops, ...restingExits(facts, now)];
}

function restingExits({ exits }: StopFacts, now: Date): Stop[] {
  const active = exits.filter((exit) => exit.isActive);
  if (active.length === 0) return [{ kind: "no_exit" }];
  const alive = active.filter(({ deadSince }) => deadSince === null);
  // Of many proxies some are always dead; the others read on.
  if (alive.length === 0) return [{ kind: "exits_dead" }];
  return alive.flatMap(({ name, restingUntil }) =>
    isAhead(restingUntil, now) ? [{ kind: "exit", name, until: restingUntil } as const] : [],
  );
}

const isAhead = (at: Date | null, now: Date): at is Date => at !== null && at > now;

/** The budget from the changes of the window, newest first; `limit` of them make it empty. */
export function budgetUse(changes: Date[], limit: number, windowMinutes: number): BudgetUse {
  const last = changes[limit - 1];
  const freeAt = last ? new Date(last.getTime() + windowMinutes * 60_000) : null;
  return { used: changes.length, limit, windowMinutes, freeAt };
}

/** The points by city: the main one first, then by how many points work, then by name. */
export function citiesOf(points: Point[], mainCityId: string | null): CityView[] {
  const byCity = new Map<string, Point[]>();
  for (const point of points)
    byCity.set(point.cityId, [...(byCity.get(point.cityId) ?? []), point]);
  const cities = [...byCity].map(([id, inCity]) => ({
    id,
    name: inCity[0]?.cityName ?? id,
    isMain: id === mainCityId,
    points: inCity.toSorted(
      (a, b) => Number(b.isActive) - Number(a.isActive) || a.label.localeCompare(b.label),
    ),
  }));
  const working = (city: CityView) => city.points.filter((point) => point.isActive).length;
  return cities.toSorted(
    (a, b) =>
      Number(b.isMain) - Number(a.isMain) ||
      working(b) - working(a) ||
      a.name.localeCompare(b.name),
  );
}

/** Why the main city is the one it is: chosen by a person, by its points, or not known at all. */
export function cityChoiceOf(
  cities: CityView[],
  mainCityId: string | null,
  chosen: { who: string | null; at: Date; cityId: string } | null,
): CityChoice {
  if (chosen && chosen.cityId === mainCityId)
    return { why: "person", who: chosen.who, at: chosen.at };
  const byPoints = chooseMainCity(
    cities.map(({ id, points }) => ({
      id,
      points: points.map(({ isActive }) => ({ active: isActive })),
    })),
  );
  if (byPoints === null || mainCityId === null) return { why: "guess" };
  return { why: byPoints === mainCityId ? "most_points" : "kept" };
}
