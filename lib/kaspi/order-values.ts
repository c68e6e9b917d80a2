import { z } from "zod";
import { HIGHEST_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { isCommonEra } from "@/lib/core/time";
import { isOfKaspi } from "@/lib/kaspi/hosts";
import { wireNumber } from "@/lib/kaspi/wire-values";

/** A field that may be missing or odd: then it is null, and the order is read all the same. */
export function odd<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .catch(null)
    .transform((value): z.output<Schema> | null => value ?? null);
}

/** A mark that is set or not; missing or odd is not. */
export const mark = odd(z.boolean()).transform((value) => value ?? false);

/** An amount of an order, where 0 means 0: whole tenge, a fraction goes to the nearest, half up. */
export const wireAmount = wireNumber
  .refine((amount) => amount >= 0 && amount <= HIGHEST_PRICE)
  .transform((amount): Tenge => tenge(Math.round(amount)));

/** The same where it may be missing, or odd: then it is unknown. */
export const shownAmount = odd(wireAmount);

const MOST_PIECES = 999_999_999;

/** Pieces or weight, kept to three decimals; 0 of a line that is cancelled in whole. */
export const wireQuantity = wireNumber
  .refine((count) => count >= 0 && count <= MOST_PIECES)
  .transform((count) => Math.round(count * 1_000) / 1_000);

/** Milliseconds since 1970, as the official API and the old cabinet write moments. */
export const wireMillis = wireNumber
  .transform((at) => new Date(at))
  .refine((at) => !Number.isNaN(at.getTime()) && isCommonEra(at));

/** A moment as the cabinet's GraphQL writes it, `2026-07-21T13:14:31.039Z`. */
export const wireIso = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at))
  .refine((at) => !Number.isNaN(at.getTime()) && isCommonEra(at));

/** A link that may be shown: to Kaspi only, so that no answer can lead a person elsewhere. */
export const wireLink = odd(
  z.string().refine((link) => URL.canParse(link) && isOfKaspi(new URL(link))),
);

/** The price of one, where the source gives the line's only; of none the line's. */
export function unitPriceOf(total: Tenge, quantity: number): Tenge {
  if (quantity === 0) return total;
  return tenge(Math.min(Math.round(total / quantity), HIGHEST_PRICE));
}

/** A name as it is shown, or null. */
export function fullName(...parts: (string | null | undefined)[]): string | null {
  return parts.filter((part) => part).join(" ") || null;
}
