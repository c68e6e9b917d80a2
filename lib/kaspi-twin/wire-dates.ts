import { HOUR } from "@/lib/core/time";

const ALMATY_OFFSET = 5 * HOUR;

/** `2026-09-15T06:02:34.697589123Z`: the offers service prints nine fraction digits. */
export function nanoDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}589123Z`;
}

/** `2025-05-06T15:02:34.668`: local time without a zone. */
export function localDate(at: number): string {
  return new Date(at + ALMATY_OFFSET).toISOString().slice(0, -1);
}

/** `2026-08-25T21:55:00`: local time to the minute. */
export function localMinute(at: number): string {
  return `${localDate(at).slice(0, 17)}00`;
}

/** `2025-05-07T14:45:48.198+05:00`. */
export function almatyDate(at: number): string {
  return `${localDate(at)}+05:00`;
}

/** `2026-09-21T18:00:00.000+00:00`: the storefront's way. */
export function storefrontDate(at: number): string {
  return new Date(at).toISOString().replace("Z", "+00:00");
}
