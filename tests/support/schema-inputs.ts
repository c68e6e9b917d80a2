import fc from "fast-check";
import type { z } from "zod";
import type { $ZodTypes } from "zod/v4/core";

/** Values for fields by their name: ids that exist, above all. */
export type Pools = Record<string, readonly string[]>;

const texts = [
  "слово",
  "a long password 1",
  "name@example.kz",
  "100",
  "12,5",
  "15",
  "1",
  "5",
  "",
  "77011234567",
  "123456",
  "750000000",
  "2026-03-01",
  "2026-03-02T18:00",
  "2026-03-02T18:00:00Z",
  "Asia/Almaty",
  "http://127.0.0.1:9",
  "https://example.kz/hook",
  "127.0.0.1:9",
  "09:00",
];
const numbers = [1, 0, 2, 3, 5, 10, 15, 60, 100, 250, 1_000, 10_000, 0.5, 1.5];

/** A field that names a thing by its id and has no pool would be walked past. */
export class UnknownId extends Error {}

/** What the schema may be given; most of it is valid. Ids come from the pools. */
export function inputsOf(schema: z.ZodType, pools: Pools, name = ""): fc.Arbitrary<unknown> {
  const { def } = (schema as unknown as $ZodTypes)._zod;
  const inner = (next: unknown, called = name) => inputsOf(next as z.ZodType, pools, called);
  const fitting = (values: readonly unknown[]) =>
    values.filter((value) => schema.safeParse(value).success);
  switch (def.type) {
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(def.shape).map(([key, of]) => [key, inner(of, key)])),
      );
    case "union":
      return fc.oneof(...def.options.map((option) => inner(option)));
    case "array": {
      const { minimum = 0, maximum = 3 } = (schema as unknown as $ZodTypes)._zod.bag as Bag;
      return fc.array(inner(def.element), {
        minLength: minimum,
        maxLength: Math.max(minimum, Math.min(maximum, 3)),
      });
    }
    case "record":
      return fc.dictionary(inner(def.keyType) as fc.Arbitrary<string>, inner(def.valueType), {
        maxKeys: 3,
      });
    case "optional":
      return fc.option(inner(def.innerType), { nil: undefined });
    case "nullable":
      return fc.option(inner(def.innerType), { nil: null });
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
      return inner(def.innerType);
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "undefined":
      return fc.constant(undefined);
    case "boolean":
      return fc.boolean();
    case "number":
      return oneOf(fitting(numbers), schema, name);
    case "string": {
      if ("format" in def && def.format === "uuid" && !pools[name])
        throw new UnknownId(`no pool for ids called ${name}`);
      const known = fitting(pools[name] ?? []);
      return oneOf(known.length > 0 ? known : fitting(texts), schema, name);
    }
    case "pipe": {
      const known = fitting([...(pools[name] ?? []), ...texts, ...numbers]);
      return known.length > 0 ? fc.constantFrom(...known) : inner(def.in);
    }
    default:
      return oneOf(fitting([...texts, ...numbers, null, {}]), schema, name);
  }
}

type Bag = { minimum?: number; maximum?: number };

function oneOf(values: unknown[], schema: z.ZodType, name: string): fc.Arbitrary<unknown> {
  if (values.length > 0) return fc.constantFrom(...values);
  const { type } = (schema as unknown as $ZodTypes)._zod.def;
  throw new Error(`nothing known fits ${name}, a ${type}: add an example`);
}

/** So many valid inputs, the same each time; fewer when hardly any is valid as a whole. */
export function validInputs(schema: z.ZodType, pools: Pools, count: number): unknown[] {
  const tried = fc.sample(inputsOf(schema, pools), { numRuns: 60 * count, seed: 7 });
  return tried.filter((input) => schema.safeParse(input).success).slice(0, count);
}
