import { percentField, tengeField } from "./form-model";
import type { Fields } from "./rule-form-model";

/** Says at which field of a form something is missing or wrong; the text is `errors.<message>`. */
type Complain = (path: keyof Fields, message: string) => void;

export function strategyOf(form: Fields, complain: Complain) {
  switch (form.strategy) {
    case "position":
      return { kind: form.strategy, place: demanded(form, "place", complain) };
    case "average":
      return { kind: form.strategy, of: demanded(form, "averageOf", complain) };
    case "fixed":
      return { kind: form.strategy, price: demanded(form, "fixedPrice", complain) };
    default:
      return form.strategy && { kind: form.strategy };
  }
}

export function whenAloneOf(form: Fields, complain: Complain) {
  if (form.whenAlone !== "climb") return form.whenAlone && { kind: form.whenAlone };
  const by = amountOf(form, "climbValue", "climbUnit", complain);
  if (!by) complain("climbValue", "field_empty");
  return { kind: form.whenAlone, by };
}

export function amountOf(
  form: Fields,
  name: "stepValue" | "climbValue",
  unitName: "stepUnit" | "climbUnit",
  complain: Complain,
) {
  const unit = form[unitName] || "tenge";
  const read = (unit === "percent" ? percentField : tengeField).safeParse(form[name]);
  for (const issue of read.error?.issues ?? []) complain(name, issue.message);
  return read.data ? { unit, value: read.data } : undefined;
}

/** Sellers where a choice names some; an empty list by the other: it asks nothing. */
export function sellersOf<Name extends "excludeRivals" | "onlyRivals">(
  form: Fields,
  choice: "excludeList" | "onlyList",
  sellers: "excludeSellers" | "onlySellers",
  name: Name,
  complain: Complain,
) {
  if (form[choice] === "") return {};
  return { [name]: form[choice] === "some" ? demanded(form, sellers, complain) : [] };
}

/** A number that is asked for by a choice, and null by the other: nothing is asked. */
export function conditionOf<
  Name extends "ceilingMarkup" | "minRating" | "minReviews" | "outlierPercent",
>(
  form: Fields,
  choice: "ceilingSource" | "rating" | "reviews" | "outliers",
  asks: "cost" | "least" | "ignore",
  name: Name,
  complain: Complain,
) {
  if (form[choice] === "") return {};
  return { [name]: form[choice] === asks ? demanded(form, name, complain) : null };
}

export function roundingOf(form: Fields, complain: Complain) {
  if (form.rounding === "ending")
    return { kind: form.rounding, value: demanded(form, "ending", complain) };
  return form.rounding && { kind: "to", value: Number(form.rounding) };
}

export function scheduleOf(form: Fields, complain: Complain) {
  if (form.schedule === "") return {};
  if (form.schedule === "always") return { schedule: null };
  const windows = form.windows ?? [];
  if (windows.length === 0) complain("windows", "schedule_incomplete");
  return { schedule: { windows, outside: form.schedule } };
}

export function lowStockOf(form: Fields, complain: Complain) {
  if (form.lowStock === "") return {};
  if (form.lowStock === "ignore") return { lowStock: null };
  return { lowStock: { days: demanded(form, "lowStockDays", complain), price: form.lowStock } };
}

function demanded<Name extends keyof Fields>(form: Fields, name: Name, complain: Complain) {
  if (form[name] === null) complain(name, "field_empty");
  return form[name];
}
