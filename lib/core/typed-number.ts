import { z } from "zod";

type Limits = {
  least: number;
  most: number;
  /** Whole numbers only; otherwise two decimals. */
  whole?: boolean;
  /** Key of the text that names the limits. */
  error: string;
};

const decimal = /^\d{1,6}(?:[.,]\d{1,2})?$/;
const whole = /^\d{1,6}$/;

/** A number as a person types it: `1,5` and `1.5` are the same. One message for whatever is wrong. */
export function typedNumber(limits: Limits) {
  const { least, most, error } = limits;
  const shape = limits.whole ? whole : decimal;
  return z
    .string()
    .transform((text) => text.replace(/[\s\u00a0\u202f]/g, ""))
    .refine((text) => shape.test(text), { error, abort: true })
    .transform((text) => Number(text.replace(",", ".")))
    .refine((value) => value >= least && value <= most, { error });
}
