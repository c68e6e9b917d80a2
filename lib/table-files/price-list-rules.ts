import { plainHeader } from "@/lib/excel/header-model";
import type { SheetRow } from "@/lib/excel/sheet-model";
import { daysOf } from "./days-rules";
import {
  codeOf,
  MOST_POINTS,
  preorderFields,
  type StockField,
  stockField,
  type TableField,
} from "./field-model";
import type { PlannedCell } from "./plan-model";
import type { ListedOffer, ListedPoint, PriceList } from "./read-price-list";
import type { TableRow } from "./row-queries";
import { cellValue } from "./row-rules";
import type { ReadTable, Remark } from "./table-model";

/** The head of Kaspi's own workbook; a table of ours has no column called so. */
export function isPriceListHead(cells: readonly string[]): boolean {
  const names = new Set(cells.map(plainHeader));
  return ["sku", "model", "price"].every((name) => names.has(name));
}

const pointHeader = /^((?:\d+_)?pp ?\d{1,3})$/i;

/** The rows of Kaspi's workbook as offers: points by their headers, days in the last column (protocol.md, D2). */
export function offersOnSheet([head, ...rows]: readonly SheetRow[]): ListedOffer[] {
  const cells = head?.cells ?? [];
  const at = (name: string) => cells.findIndex((cell) => plainHeader(cell) === name);
  const [skuAt, priceAt, daysAt] = [at("sku"), at("price"), at("preorder")];
  const points = cells.flatMap((cell, place) => {
    const [, code] = pointHeader.exec(cell.trim()) ?? [];
    return code ? [{ code: code.replace(" ", "").toUpperCase(), place }] : [];
  });
  return rows.map(({ line, cells: row }) => {
    const preorderDays = daysOf(row[daysAt] ?? "");
    return {
      line,
      sku: row[skuAt] ?? "",
      hasPrice: (row[priceAt] ?? "") !== "",
      points: points.flatMap(({ code, place }) => {
        const stock = row[place] ?? "";
        if (stock === "") return [];
        return [{ code, isAvailable: !/^(no|нет|жоқ)$/i.test(stock), stock, preorderDays }];
      }),
    };
  });
}

const isCount = (text: string) => /^\d+(\.0+)?$/.test(text.trim());

/**
 * What is taken of a price list: how many are where, and which goods are to come in how many days. A price
 * is no floor.
 */
export function tableOfPriceList({ merchantId, offers }: PriceList): ReadTable {
  const fields = new Set<StockField>();
  let unnumbered = 0;
  let unclear = 0;
  const lines = offers.map(({ line, sku, points }) => {
    const preorder = preorderCells(points);
    if (preorder === null) unclear += 1;
    const { counts, others } = countsOf(points);
    unnumbered += others;
    const cells = new Map<TableField, string>(preorder);
    for (const [field, count] of counts)
      if (fields.has(field) || fields.size < MOST_POINTS) {
        fields.add(field);
        cells.set(field, count);
      }
    return { line, article: sku, productId: null, cells };
  });
  const count = (is: (offer: ListedOffer) => boolean) => offers.filter(is).length;
  const remarks: Remark[] = [
    { kind: "prices" as const, count: count(({ hasPrice }) => hasPrice) },
    { kind: "preorders" as const, count: unclear },
    { kind: "yes_no" as const, count: unnumbered },
  ].filter((remark) => remark.count > 0);
  return {
    kind: "price_list",
    exportId: null,
    merchantId,
    fields: [...preorderFields, ...fields],
    lines,
    remarks,
  };
}

/** How many are there now, by point, and at how many others the file says so by a word. */
function countsOf(points: readonly ListedPoint[]) {
  const counts: [StockField, string][] = [];
  let others = 0;
  for (const { code, isAvailable, stock, preorderDays } of points) {
    const saysNothing = stock === null && !isAvailable;
    if (preorderDays !== null || code === "" || saysNothing) continue;
    if (stock === null || !isCount(stock)) others += 1;
    else counts.push([stockField(code), stock.trim()]);
  }
  return { counts, others };
}

/**
 * The goods that are to come: in how many days, and how many to each point where the file counts them. Null
 * where its points say different days, or such as nobody understands.
 */
function preorderCells(points: readonly ListedPoint[]): [TableField, string][] | null {
  const coming = points.filter(({ preorderDays }) => preorderDays !== null);
  const [first, ...others] = new Set(coming.map(({ preorderDays }) => preorderDays));
  if (first === undefined) return [];
  if (others.length > 0 || Number.isNaN(first)) return null;
  const counted = coming.flatMap(({ code, stock }) =>
    stock !== null && isCount(stock) && Number(stock) > 0 ? [`${code}: ${Number(stock)}`] : [],
  );
  const days: [TableField, string] = ["preorderDays", String(first)];
  return counted.length > 0 ? [days, ["preorderPoints", counted.join(", ")]] : [days];
}

/** The same with the points of that seller without the number before them; those of others keep theirs. */
export function withOwnPoints(table: ReadTable, merchantId: string): ReadTable {
  if (table.kind !== "price_list") return table;
  const own = <Field extends TableField>(field: Field): Field | StockField => {
    const code = codeOf(field) ?? "";
    return code.startsWith(`${merchantId}_`)
      ? stockField(code.slice(merchantId.length + 1))
      : field;
  };
  return {
    ...table,
    fields: [...new Set(table.fields.map(own))],
    lines: table.lines.map((line) => ({
      ...line,
      cells: new Map(
        [...line.cells].map(([field, text]) => [
          own(field),
          field === "preorderPoints" ? text.replaceAll(`${merchantId}_`, "") : text,
        ]),
      ),
    })),
  };
}

/**
 * What Kaspi's file says of a product without any of it here: how many there are at a point of ours where no
 * stock is kept, and days until goods arrive that it does not count.
 */
export function notHere(
  row: TableRow,
  cells: readonly PlannedCell[],
): Record<"stocks" | "preorders", PlannedCell[]> {
  const isUncounted = !cells.some(({ field }) => field === "preorderPoints");
  return {
    stocks: cells.filter(
      ({ field }) => row.points.has(codeOf(field) ?? "") && cellValue(row, field) === null,
    ),
    preorders: cells.filter(
      ({ field }) => field === "preorderDays" && isUncounted && row.preorder === null,
    ),
  };
}
