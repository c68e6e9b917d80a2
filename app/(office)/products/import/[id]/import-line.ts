import { errorText } from "@/lib/i18n/error-text";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { cellOf } from "@/lib/table-files/cell-text";
import type { TableField, TableValue } from "@/lib/table-files/field-model";
import type { ImportLine } from "@/lib/table-files/import-queries";
import { headerOf } from "@/lib/table-files/words";

/** A cell of the file as the browser gets it. */
export type ChangeLine = {
  nth: number;
  line: number;
  article: string;
  name: string | null;
  href: `/products/${string}` | null;
  field: string;
  before: string;
  after: string;
  note: string | null;
  isDoubtful: boolean;
  /** Of a disputed cell: what the file held when it was downloaded. */
  base: string | null;
  isConflict: boolean;
  isTaken: boolean;
};

type Reader = { t: Translator; locale: Locale };

const money: ReadonlySet<string> = new Set(
  "floor ceiling cost packaging other returns minProfit".split(" "),
);

export function changeLine(reader: Reader, one: ImportLine): ChangeLine {
  const { t } = reader;
  const { nth, line, article, name, productId, kind, why, isDoubtful, isTaken } = one;
  // A line of which nothing can be carried out has no field.
  const field = one.field as TableField | null;
  const shown = (value: TableValue) => (field === null ? "" : valueText(reader, field, value));
  const isConflict = kind === "conflict";
  return {
    ...{ nth, line, article, name, isDoubtful, isConflict, isTaken },
    href: productId && name ? `/products/${productId}` : null,
    field: field === null ? t("tables.import.table.whole") : headerOf(t, field),
    before: shown(one.before),
    after: shown(one.after),
    note: why === null ? null : whyText(t, why),
    base: isConflict ? shown(one.base) : null,
  };
}

function valueText(reader: Reader, field: TableField, value: TableValue): string {
  if (value === null) return reader.t("tables.import.table.none");
  // As it was written: it could not be read.
  if (typeof value === "object" && typeof value.said === "string") return value.said;
  if (money.has(field) && typeof value === "number") return formatMoney(value, reader.locale);
  return String(cellOf(reader, field, value) ?? "");
}

/** The rules that refuse a change of many have words of their own; anything else is an error like any. */
function whyText(t: Translator, why: string): string {
  const key = `list.bulk.why.${why}` as "list.bulk.why.read_only";
  return t.has(key) ? t(key) : errorText(t, { kind: "invalid", key: why, params: {} });
}
