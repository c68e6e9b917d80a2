const mark = "\u0001";

/** The storefront prints whole amounts as `361788.0`; JSON.stringify would drop the fraction. */
export function float(value: number): string {
  const text = Number.isInteger(value) ? value.toFixed(1) : String(value);
  return `${mark}${text}${mark}`;
}

export function floatJson(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0001([^"]*)\\u0001"/g, "$1");
}
