import { z } from "zod";
import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";
import { parseMoney } from "@/lib/i18n/money";
import { sellerId } from "@/lib/rivals/list-model";
import {
  HIGHEST_ENDING,
  HIGHEST_MARKUP,
  MOST_PLACES,
  MOST_REVIEWS,
  MOST_SELLERS,
  MOST_STOCK_DAYS,
} from "./rule-bounds-model";
import { parseWindows } from "./schedule-text-rules";

/** What is wrong with a field: the schema's message, whose text is `errors.<key>`. */
type FormKey =
  | "not_a_number"
  | "number_negative"
  | "number_decimals"
  | "number_too_large"
  | "number_below_one"
  | "price_below_minimum"
  | "not_a_percent"
  | "not_a_share"
  | "not_a_markup"
  | "not_minutes"
  | "not_a_place"
  | "not_a_rating"
  | "not_reviews"
  | "not_an_ending"
  | "sellers_unreadable"
  | "schedule_incomplete"
  | "not_stock_days"
  | "not_a_rate"
  | "not_a_weight"
  | "text_too_long"
  | "field_empty";

/** A full list of sellers has 6,500 characters. */
const LONGEST = 10_000;
const typed = z.union([
  z.string().max(LONGEST, { error: "text_too_long" satisfies FormKey }),
  z.number(),
  z.null(),
]);
type Typed = z.infer<typeof typed>;

/** `12 990`, `12990 ₸` or 12990 → tenge; an empty field → `null`, which clears. */
export const moneyField = field((raw) => readMoney(raw, LOWEST_KASPI_PRICE));
/** Tenge that are not a price, such as a step: from 1. */
export const tengeField = field((raw) => readMoney(raw, 1));
/** Tenge of an expense: from 0, for nothing is an answer, too. */
export const amountField = field((raw) => readMoney(raw, 0));
/** `12,5` or `12,5 %` → 1250 hundredths of a percent, 99 % at most; an empty field → `null`. */
export const rateField = field((raw) => {
  const text = withoutPercent(raw);
  const rate = /^\d{1,2}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : null;
  return rate !== null && rate <= 9_900 ? { value: rate } : { problem: "not_a_rate" };
});
/** Whole grams, up to a ton; an empty field → `null`. */
export const weightField = field((raw) => {
  const text = String(raw).replace(/[\s\u00a0\u202f]|г$/g, "");
  const grams = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return grams >= 1 && grams <= 1_000_000 ? { value: grams } : { problem: "not_a_weight" };
});
/** `15`, `0,5` or `0,5 %` → a percentage of at most 100 with two decimals; an empty field → `null`. */
export const percentField = field(readPercent);
/** `85` or `120 %` of a price: more than 0 and at most 1,000; an empty field → `null`. */
export const shareField = field((raw) => {
  const share = percentIn(raw);
  return share > 0 && share <= 1000 ? { value: share } : { problem: "not_a_share" };
});
/** `40` or `12,5 %` above the cost: more than 0 and at most 1,000; an empty field → `null`. */
export const markupField = field((raw) => {
  const markup = percentIn(raw);
  return markup > 0 && markup <= HIGHEST_MARKUP ? { value: markup } : { problem: "not_a_markup" };
});
/** 1 minute to a day; an empty field → `null`. */
export const minutesField = field(readMinutes);
/** A place among rivals, or how many of them: 1 to 50; an empty field → `null`. */
export const placesField = field((raw) => readCount(raw, MOST_PLACES, "not_a_place"));
/** Reviews of a seller, from 1; an empty field → `null`. */
export const reviewsField = field((raw) => readCount(raw, MOST_REVIEWS, "not_reviews"));
/** The last digits of a price, such as 990; an empty field → `null`. */
export const endingField = field((raw) => readCount(raw, HIGHEST_ENDING, "not_an_ending"));
/** `4,5` stars, at most 5; an empty field → `null`. */
export const ratingField = field((raw) => {
  const text = String(raw).replace(",", ".");
  const rating = /^\d(\.\d)?$/.test(text) ? Number(text) : 0;
  return rating > 0 && rating <= 5 ? { value: rating } : { problem: "not_a_rating" };
});
/** Merchants by their numbers, however they are parted; an empty field → `null`. */
export const sellersField = field((raw) => {
  const sellers = [
    ...new Set(
      String(raw)
        .split(/[\s,;]+/)
        .filter((seller) => seller !== ""),
    ),
  ];
  const isFine = sellers.length <= MOST_SELLERS && sellers.every((one) => sellerId.test(one));
  return isFine ? { value: sellers } : { problem: "sellers_unreadable" };
});
/** For how many days the stock lasts, up to a quarter of a year; an empty field → `null`. */
export const stockDaysField = field((raw) => readCount(raw, MOST_STOCK_DAYS, "not_stock_days"));
/** Windows of a schedule, as `windowsText` writes them; an empty field → `null`. */
export const windowsField = field((raw) => {
  const windows = parseWindows(String(raw));
  return windows ? { value: windows } : { problem: "schedule_incomplete" };
});
/** A price that must be there. */
export const priceField = moneyField.transform((price, context): Tenge => {
  if (price === null)
    context.addIssue({ code: "custom", message: "field_empty" satisfies FormKey });
  return price ?? z.NEVER;
});
/** A ticked box, in a form or in JSON. */
export const confirmField = z
  .union([z.boolean(), z.literal("on"), z.literal("true")])
  .optional()
  .transform((value) => value !== undefined && value !== false);

/** In-place edit of a product: an absent field stays as it is, an empty one is cleared. */
export const limitsForm = z.object({
  floor: moneyField.optional(),
  ceiling: moneyField.optional(),
  /** The person has seen that the floor is under half of the present price. */
  confirm: confirmField,
});

/** A price by hand. `confirm`: the person has seen how large the change is. */
export const manualPriceForm = z.object({ price: priceField, confirm: confirmField });

type Reading<Value> = { value: Value } | { problem: FormKey };

function field<Value>(read: (raw: string | number) => Reading<Value>) {
  return typed.transform((raw: Typed, context): Value | null => {
    const text = typeof raw === "string" ? raw.trim() : raw;
    if (text === null || text === "") return null;
    const reading = read(text);
    if ("value" in reading) return reading.value;
    context.addIssue({ code: "custom", message: reading.problem });
    return z.NEVER;
  });
}

function readMoney(raw: string | number, lowest: number): Reading<Tenge> {
  const text = String(raw);
  if (/^[-−–]/.test(text)) return { problem: "number_negative" };
  // 12.125 as a number has tiyn; as a text it is how some people group thousands.
  if (typeof raw === "number" && !Number.isInteger(raw)) return { problem: "number_decimals" };
  const money = parseMoney(text);
  if (!money.ok)
    return { problem: /^[\d\s]+[.,]\d+\D*$/.test(text) ? "number_decimals" : "not_a_number" };
  const { amount } = money;
  if (amount === null) return { problem: "not_a_number" };
  if (amount < lowest)
    return { problem: lowest === 1 ? "number_below_one" : "price_below_minimum" };
  if (amount > HIGHEST_PRICE) return { problem: "number_too_large" };
  return { value: amount };
}

/** `12,5 %` → `12.5`. */
const withoutPercent = (raw: string | number) =>
  String(raw).replace(/%$/, "").trimEnd().replace(",", ".");

/** 0 for what is not a number with at most two decimals. */
function percentIn(raw: string | number): number {
  const text = withoutPercent(raw);
  return /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : 0;
}

/** Groups of thousands are written as those of money. */
function readCount(raw: string | number, most: number, problem: FormKey): Reading<number> {
  const read = parseMoney(String(raw));
  const count = read.ok ? (read.amount ?? 0) : 0;
  return count >= 1 && count <= most ? { value: count } : { problem };
}

function readPercent(raw: string | number): Reading<number> {
  const percent = percentIn(raw);
  return percent > 0 && percent <= 100 ? { value: percent } : { problem: "not_a_percent" };
}

function readMinutes(raw: string | number): Reading<number> {
  const minutes = /^\d{1,4}$/.test(String(raw)) ? Number(raw) : 0;
  return minutes >= 1 && minutes <= 1440 ? { value: minutes } : { problem: "not_minutes" };
}
