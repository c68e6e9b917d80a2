import fc from "fast-check";
import { z } from "zod";
import type { Operation } from "@/lib/api/operation";
import { operations } from "@/lib/api/registry";
import type { Example } from "./api-examples";
import { nastyTexts, nastyWords, spoiltInputs } from "./spoilt-inputs";

/** A request of the API as it goes over the wire. */
export type Sent = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string | undefined;
};

/** Bodies that are no JSON, or JSON that nobody means. */
const rawBodies = [
  ...[
    "",
    " ",
    "{",
    "null",
    "true",
    "0",
    "[]",
    "[{}]",
    '"text"',
    "{}{}",
    "\uFEFF{}",
    "\0",
    "a=1&b=2",
  ],
  ...["{'a': 1}", '{"a": NaN}', '{"a": 1,}', '{"a": "\\ud800"}', '{"a": "\u0001"}', "<a/>"],
  `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  `{"name": "${"а".repeat(200_000)}"}`,
  `{${Array.from({ length: 5_000 }, (_, nth) => `"f${nth}": ${nth}`).join()}}`,
  '{"__proto__": {"role": "owner"}, "constructor": {"prototype": {"isAdmin": true}}}',
];

/** Numbers that JSON can write and no field may have, in the place of each number. */
const numbers = [
  "1e400",
  "-1e400",
  "-0",
  "1e-400",
  "99999999999999999999",
  "1.5",
  "0.1e1",
  "2147483648",
];

/** What stands where an id does; encoded already. */
const rawSegments = [
  ...[
    "%00",
    "%",
    "%zz",
    "%FF",
    "%2e%2e%2f",
    "%2F",
    "{id}",
    "__proto__",
    "constructor",
    "null",
    "1",
  ],
  ...[
    "a".repeat(10_000),
    "%F0%9F%92%A9",
    "00000000-0000-4000-8000-00000000000%00",
    "'",
    ";",
    "%27--",
  ],
];

const rawQueries = [
  ...["%", "&&&=", "=", "?", "a[]=1", "%E0%A4%A", "page=%00", "page=1&page=", "page=1&page=2"],
  ...[
    "__proto__=1",
    "constructor[x]=1",
    "page_size=1e2",
    "page=0x1",
    "page=+1",
    "ordering=",
    "ordering=--name",
  ],
  `search=${"%D0%B0".repeat(3_000)}`,
  `page=${"9".repeat(400)}`,
];

/** None that would do something else at the same address. */
const methodsBeside = ({ path }: Operation) => {
  const known = new Set(operations.filter((one) => one.path === path).map(({ method }) => method));
  const strange = ["HEAD", "PURGE", "QUERY", "get-all"];
  return [
    ...(["GET", "POST", "PUT", "PATCH", "DELETE"] as const).filter((one) => !known.has(one)),
    ...strange,
  ];
};

/** As a program's bytes arrive: each a character, none of them one that ends a line. */
const headerValue = (text: string) =>
  Buffer.from(text.replace(/[\0\r\n]/g, ""), "utf8").toString("latin1");

const headerNames = [
  ...["idempotency-key", "idempotency-key", "prefer", "content-type", "accept", "accept-language"],
  ...["x-forwarded-for", "x-request-id", "origin", "content-length", "content-encoding", "cookie"],
];
const headerValues = [
  ...["one", "a".repeat(200), "a".repeat(201), "respond-async, wait=0", ",,;;", "text/html", "*/*"],
  ...[
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "gzip",
    "-1",
    "::1, 10.0.0.1",
  ],
];

const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));

const isId = (segment: string) => /^[0-9a-f-]{36}$/.test(segment);

function paths({ path }: Example): fc.Arbitrary<string> {
  const segments = path.split("/").filter(Boolean);
  const place = segments.findIndex(isId);
  const at = place < 0 ? segments.length : place;
  const others = fc.oneof(
    fc.constantFrom(...rawSegments),
    nastyTexts.map(encoded),
    fc.constant((segments[at] ?? "").toUpperCase()),
    fc.uuid(),
  );
  const replaced = others.map((one) => `/${segments.toSpliced(at, 1, one).join("/")}/`);
  const spelt = fc.constantFrom(
    path.slice(0, -1),
    `${path}/`,
    path.replaceAll("/", "//"),
    `${path}x`,
  );
  return fc.oneof({ weight: 4, arbitrary: replaced }, { weight: 1, arbitrary: spelt });
}

/** What a field may be asked by; as often as anything what it takes for right. */
function asked([name, field]: [string, unknown]): fc.Arbitrary<[string, string]> {
  const right = nastyWords.filter((word) => (field as z.ZodType).safeParse(word).success);
  const values = right.length > 0 ? fc.oneof(fc.constantFrom(...right), nastyTexts) : nastyTexts;
  return values.map((value) => [name, value]);
}

function queries({ query = "" }: Example, { query: schema }: Operation): fc.Arbitrary<string> {
  const fields = [
    ...Object.entries(schema?.shape ?? {}),
    ["colour", z.never()] as [string, unknown],
  ];
  const added = fc.array(fc.oneof(...fields.map(asked)), { minLength: 1, maxLength: 3 });
  const longer = added.map((pairs) => {
    const all = new URLSearchParams(query);
    for (const [name, value] of pairs) all.append(name, value);
    return all.toString();
  });
  return fc.oneof({ weight: 3, arbitrary: longer }, fc.constantFrom(...rawQueries));
}

/** Repeated three times over, an input may be longer than a text can be. */
function inFull(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch (error) {
    if (error instanceof RangeError) return "";
    throw error;
  }
}

/** As JSON.stringify writes it, with a number of it now and then as only JSON itself can. */
function bodies(right: readonly unknown[]): fc.Arbitrary<string> {
  const written = spoiltInputs(right).map(inFull);
  const strange = fc
    .tuple(fc.constantFrom(...right), fc.constantFrom(...numbers))
    .map(([value, number]) => JSON.stringify(value).replace(/(?<=[:[,])\d+/g, number));
  return fc.oneof(
    { weight: 8, arbitrary: written },
    { weight: 1, arbitrary: strange },
    { weight: 2, arbitrary: fc.constantFrom(...rawBodies) },
    { weight: 1, arbitrary: fc.constantFrom(...right).map((value) => JSON.stringify(value)) },
  );
}

const headers = fc.dictionary(
  fc.constantFrom(...headerNames),
  fc.oneof(fc.constantFrom(...headerValues), nastyTexts.map(headerValue)),
  { minKeys: 1, maxKeys: 3 },
);

/** Requests that began as the example, or with another body that is right, and had up to three things spoilt. */
export function spoiltRequests(
  operation: Operation,
  example: Example,
  rightBodies: readonly unknown[],
): fc.Arbitrary<Sent> {
  const right = example.body === undefined ? rightBodies : [example.body, ...rightBodies];
  const plain: Sent = {
    ...{ method: operation.method, path: example.path, query: example.query ?? "", headers: {} },
    body: example.body === undefined ? undefined : JSON.stringify(example.body),
  };
  const some = (weight: number, arbitrary: fc.Arbitrary<Partial<Sent>>) => ({ weight, arbitrary });
  const spoilt = {
    body: bodies(right.length > 0 ? right : [{}]).map((body) => ({ body })),
    query: queries(example, operation).map((query) => ({ query })),
    path: paths(example).map((path) => ({ path })),
    headers: headers.map((given) => ({ headers: given })),
    method: fc.constantFrom(...methodsBeside(operation)).map((method) => ({ method })),
  };
  const twist = fc.oneof(
    some(operation.body ? 10 : 1, spoilt.body),
    some(operation.query ? 10 : 1, spoilt.query),
    some(operation.params ? 5 : 1, spoilt.path),
    some(3, spoilt.headers),
    some(1, spoilt.method),
  );
  return fc
    .array(twist, { minLength: 1, maxLength: 3 })
    .map((twists) => Object.assign({}, plain, ...twists));
}
