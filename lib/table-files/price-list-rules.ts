import { plainHeader } from "@/lib/excel/header-model";
import type { SheetRow } from "@/lib/excel/sheet-model";
import { daysOf } from "./days-rules";
import { codeOf, MOST_POINTS, type StockField, stockField, type TableField } from "./field-model";
import type { ListedOffer, PriceList } from "./read-price-list";
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
 * What is taken of a price list: how many are where. A price is no floor, and days until goods arrive make
 * a preorder, which is a page of its own.
 */
export function tableOfPriceList({ merchantId, offers }: PriceList): ReadTable {
  const fields = new Set<StockField>();
  let unnumbered = 0;
  const lines = offers.map(({ line, sku, points }) => {
    const cells = new Map<StockField, string>();
    for (const { code, isAvailable, stock, preorderDays } of points) {
      const saysNothing = stock === null && !isAvailable;
      if (preorderDays !== null || code === "" || saysNothing) continue;
      if (stock === null || !isCount(stock)) unnumbered += 1;
      else if (fields.has(stockField(code)) || fields.size < MOST_POINTS) {
        fields.add(stockField(code));
        cells.set(stockField(code), stock.trim());
      }
    }
    return { line, article: sku, productId: null, cells };
  });
  const count = (is: (offer: ListedOffer) => boolean) => offers.filter(is).length;
  const remarks: Remark[] = [
    { kind: "prices" as const, count: count(({ hasPrice }) => hasPrice) },
    {
      kind: "preorders" as const,
      count: count(({ points }) => points.some(({ preorderDays }) => preorderDays !== null)),
    },
    { kind: "yes_no" as const, count: unnumbered },
  ].filter((remark) => remark.count > 0);
  return { kind: "price_list", exportId: null, merchantId, fields: [...fields], lines, remarks };
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
      cells: new Map([...line.cells].map(([field, text]) => [own(field), text])),
    })),
  };
}

/** Where Kaspi's file says how many there are at a point of ours, and no stock is kept there yet. */
export const isNotKept = (row: TableRow, field: TableField): boolean =>
  row.points.has(codeOf(field) ?? "") && cellValue(row, field) === null;
