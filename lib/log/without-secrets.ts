/** Names of what is nobody's to read, in whatever object they stand. */
const SECRET =
  /passw|secret|token|cookie|credential|authorization|(?:api|signing|encryption|private)_?key|key_?hash|proxy_?url|recovery|^(code|otp|totp|sms|jar|session|phone|body)$/i;
const DEEPEST = 6;

/**
 * What goes into the log, without what is secret by its name, at whatever depth, and without what gives
 * itself away in a text: a login in an address, a bearer, a one-time link.
 */
export function withoutSecrets(fields: object): Record<string, unknown> {
  return Object.fromEntries(entriesOf(fields, 0));
}

function entriesOf(fields: object, depth: number): [string, unknown][] {
  return Object.entries(fields)
    .filter(([name, value]) => !SECRET.test(name) || isErrorCode(name, value))
    .map(([name, value]) => [name, cleaned(value, depth + 1)]);
}

/** ECONNREFUSED is told; what came by telephone is not. */
const isErrorCode = (name: string, value: unknown) =>
  name === "code" && typeof value === "string" && /^[A-Z][A-Z0-9_]{3,}$/.test(value);

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === "string") return masked(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  // The log's own serializer sees to the first; one inside another object tells what it is, and no more.
  if (value instanceof Error) return depth > 1 ? masked(`${value.name}: ${value.message}`) : value;
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  return Object.fromEntries(entriesOf(value, depth));
}

const patterns: [RegExp, string][] = [
  [/(\w:\/\/)[^\s/@]+@/g, "$1…@"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 …"],
  [/\bduken_[0-9A-Za-z]{38}\b/g, "duken_…"],
  [/\d{5,}:[\w-]{30,}/g, "…:…"],
  [/\bwhsec_[\w-]{43}/g, "whsec_…"],
  [/([?&](?:token|code|key|password|secret)=)[^&\s"']+/gi, "$1…"],
];

/** A text without logins, bearers and tokens of links. */
export function masked(text: string): string {
  return patterns.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);
}
