import { z } from "zod";
import { HIGHEST_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";

/** Ids are strings with Kaspi, kept to the letter; some answers print them as numbers. */
export const wireId = z
  .union([z.string().refine((id) => id.trim() !== "" && id === storable(id)), z.number().int()])
  .transform((id) => String(id));

/** Text that may be null, missing or blank; sellers name their shops, so it may hold anything. */
export const wireText = z
  .string()
  .nullish()
  .transform((text) => storable(text ?? "").trim() || null);

/** A number, possibly printed as text ("2.0"). */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/**
 * A price in whole tenge; 0, null and missing mean "none". The shop sends floats (361788.0) and
 * nobody can pay a part of a tenge, so a rare fraction goes to the nearest, half away from zero.
 */
export const wirePrice = wireNumber
  .refine((amount) => amount >= 0 && amount <= HIGHEST_PRICE)
  .nullish()
  .transform((amount): Tenge | null => toTenge(amount ?? 0));

function toTenge(amount: number): Tenge | null {
  const whole = Math.round(amount);
  return whole === 0 ? null : tenge(whole);
}
