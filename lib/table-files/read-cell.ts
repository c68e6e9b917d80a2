import type { z } from "zod";
import { storable } from "@/lib/core/text";
import { unharmed } from "@/lib/excel/harmless";
import { isCut } from "@/lib/excel/sheet-model";
import { leadDaysSchema, quantitySchema } from "@/lib/preorders/model";
import { stockCountField } from "@/lib/products/stock-model";
import { sheetFields } from "@/lib/repricing/cost-floor/cost-form";
import {
  markupField,
  minutesField,
  moneyField,
  percentField,
  placesField,
  priceField,
  tengeField,
} from "@/lib/repricing/rule/form-model";
import { noteField } from "@/lib/stores/model";
import { isCostField, type TableField, type TableValue } from "./field-model";
import { TYPED } from "./row-rules";
import { choiceCalled, isChoice } from "./words";

/** What a cell says, or the key of what is wrong with it. */
export type Reading = { value: TableValue } | { problem: string };

const no = (problem: string): Reading => ({ problem });

/** The value of a cell that says something, in the words of any language. It is what the rules may hold. */
export function readCell(field: TableField, cell: string): Reading {
  const text = unharmed(cell);
  if (isCut(text)) return no("text_too_long");
  if (isCostField(field)) return by(sheetFields[field], text);
  if (field === "bot") return botOf(text);
  if (isChoice(field)) return choiceOf(field, text);
  switch (field) {
    case "floor":
    case "ceiling":
      return by(moneyField, text);
    case "step":
      return amountOf(text);
    case "maxDrop":
    case "maxRise":
    case "freeze":
      return by(percentField, text);
    case "intervalMinutes":
      return by(minutesField, text);
    case "preorderDays":
      return by(leadDaysSchema, wholeOf(text));
    case "preorderPoints":
      return piecesOf(text);
    case "note":
      return by(noteField, storable(text));
    default:
      return by(stockCountField, text);
  }
}

function by(schema: z.ZodType<TableValue>, said: string | number): Reading {
  const read = schema.safeParse(said);
  return read.success ? { value: read.data } : no(read.error.issues[0]?.message ?? "invalid");
}

/** Programs write a whole number as `2.0`, too. */
const wholeOf = (text: string) => (/^\d+([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : text);

/** `PP1: 5, PP2: 3`: how many are to come, by the code of the point. */
function piecesOf(text: string): Reading {
  const pieces: Record<string, number> = {};
  for (const part of text.split(/[,;\n]+/).filter((one) => one.trim() !== "")) {
    const [, code = "", count = ""] = /^\s*([\w-]{1,40})\s*[:=]\s*(\d+)\s*$/.exec(part) ?? [];
    const name = code.toUpperCase();
    if (name === "" || name in pieces) return no("preorder_pieces");
    const read = by(quantitySchema, Number(count));
    if (!("value" in read)) return read;
    pieces[name] = Number(count);
  }
  const coming = Object.entries(pieces).filter(([, count]) => count > 0);
  return coming.length === 0 ? no("preorder_no_points") : { value: Object.fromEntries(coming) };
}

function botOf(text: string): Reading {
  const choice = choiceCalled("bot", text) ?? { true: "on", false: "off", 1: "on", 0: "off" }[text];
  return choice === undefined ? no("not_yes_no") : { value: choice === "on" };
}

/** Tenge, or a percentage that says so. */
function amountOf(text: string): Reading {
  const isShare = text.endsWith("%");
  const read = by(isShare ? percentField : tengeField, text);
  if (!("value" in read)) return read;
  return { value: { unit: isShare ? "percent" : "tenge", value: read.value } };
}

type ChoiceField = Parameters<typeof choiceCalled>[0];

/** A word, or a word and what it asks for behind a colon. */
function choiceOf(field: ChoiceField, text: string): Reading {
  const [word = "", ...rest] = text.split(":");
  const choice = choiceCalled(field, word);
  const asked = rest.join(":").trim();
  if (field === "ceilingMarkup") return choice === TYPED ? { value: TYPED } : by(markupField, text);
  if (choice === undefined) return no("not_a_choice");
  if (field === "floorFromCost") return { value: choice === "cost" };
  if (field !== "strategy" && field !== "whenAlone") return { value: choice };
  const demand = demands[choice];
  if (!demand) return { value: { kind: choice } };
  const read = asked === "" ? no("field_empty") : demand.read(asked);
  return "value" in read ? { value: { kind: choice, [demand.name]: read.value } } : read;
}

const demands: Record<string, { name: string; read: (text: string) => Reading }> = {
  position: { name: "place", read: (text) => by(placesField, text) },
  average: { name: "of", read: (text) => by(placesField, text) },
  fixed: { name: "price", read: (text) => by(priceField, text) },
  climb: { name: "by", read: amountOf },
};
