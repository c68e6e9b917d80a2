/** One thing that is otherwise since: `field` is null where the whole subject is meant. */
export type Change = { field: string | null; before: unknown; after: unknown };

const beforeNames = ["before", "from", "current"] as const;
const afterNames = ["after", "to", "wanted"] as const;
const ofChange: ReadonlySet<string> = new Set([...beforeNames, ...afterNames]);

type Details = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Details =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const found = (details: Details, names: readonly string[]) => {
  const name = names.find((known) => known in details);
  return name === undefined ? undefined : (details[name] ?? null);
};

/** What has changed, by what the entry says of before and after; only what is really otherwise. */
export function changesOf(details: Details): Change[] {
  const before = found(details, beforeNames);
  const after = found(details, afterNames);
  if (before === undefined && after === undefined) return [];
  // A list of bands or an amount is one thing, a record is as many as it has names.
  if (isSingle(before) && isSingle(after))
    return isSame(before, after) ? [] : [{ field: null, before, after }];
  const was = isRecord(before) ? before : {};
  const is = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !isSame(was[field], is[field]))
    .map((field) => ({ field, before: was[field], after: is[field] }));
}

const isSingle = (value: unknown) => !isRecord(value);

/** What else the entry says. */
export function factsOf(details: Details): { field: string; value: unknown }[] {
  return Object.entries(details)
    .filter(([field, value]) => !ofChange.has(field) && value !== null && value !== undefined)
    .map(([field, value]) => ({ field, value }));
}

/** Every text in the details, at whatever depth: some of them are ids of what has a name. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
