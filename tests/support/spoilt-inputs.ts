import fc from "fast-check";

/** What people, programs and attackers send where something else is meant. */
const nasty: unknown[] = [
  null,
  undefined,
  "",
  "   ",
  "\0",
  "a\0b",
  "\uD800",
  "\u202E\uFEFF",
  "слово".repeat(300),
  "9".repeat(400),
  "-1",
  "1e21",
  "0x10",
  "2147483648",
  "99999999999999999999",
  "NaN",
  "'; drop table users; --",
  "%00%27{{7*7}}",
  "<script>alert(1)</script>",
  "../../../etc/passwd",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-4fff-bfff-ffffffffffff",
  "2026-02-31",
  "0000-00-00",
  "0000-01-01",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59-14:00",
  "9999-12-31",
  "+275760-09-13",
  "Etc/../UTC",
  0,
  -1,
  -0,
  0.1 + 0.2,
  2 ** 31,
  2 ** 53,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  [[]],
  {},
  { length: 1e9 },
  JSON.parse('{"__proto__":{"role":"owner"},"constructor":1}'),
  new Date(Number.NaN),
];

type Spoil = { at: number; how: "replace" | "drop" | "add" | "repeat"; by: unknown };

const spoil: fc.Arbitrary<Spoil> = fc.record({
  at: fc.nat(1_000),
  how: fc.constantFrom("replace", "replace", "replace", "drop", "add", "repeat"),
  by: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...nasty) },
    { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
  ),
});

type Holder = Record<string, unknown>;

/** Every place of the value that holds another: where it is, and under which key. */
function placesOf(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function spoilOnce(whole: Holder, { at, how, by: shared }: Spoil): void {
  // A copy: what is put in two places of one value might hold itself.
  const by = structuredClone(shared);
  const places = placesOf(whole);
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return;
  const { holder, key } = place;
  if (how === "drop") delete holder[key];
  else if (how === "add") holder[`${key}_`] = by;
  else if (how === "repeat") holder[key] = Array.from({ length: 300 }, () => holder[key]);
  else holder[key] = by;
}

/** Inputs that were right, with up to three things in them spoilt; now and then anything at all. */
export function spoiltInputs(right: readonly unknown[]): fc.Arbitrary<unknown> {
  const changed = fc
    .tuple(fc.constantFrom(...right), fc.array(spoil, { minLength: 1, maxLength: 3 }))
    .map(([input, spoils]) => {
      const whole = { input: structuredClone(input) };
      for (const one of spoils) spoilOnce(whole, one);
      return whole.input;
    });
  return fc.oneof(
    { weight: 9, arbitrary: changed },
    { weight: 1, arbitrary: fc.anything({ maxDepth: 3 }) },
  );
}

export const nastyWords = nasty.filter((one) => typeof one === "string");

/** Texts for an address: of a path's id, of a query's value. */
export const nastyTexts = fc.oneof(
  fc.constantFrom(...nastyWords),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** What an answer must not say: where our code is, what Postgres was asked, what is kept secret. */
export const leaks =
  /\bat .+\.(?:ts|js):\d|node_modules|\b(?:select|insert into|update|delete from) .+ (?:from|where|set|values)\b|syntax error|violates|PostgresError|ECONN|scrypt|next-auth\.session-token/i;
