import { AppError } from "@/lib/core/errors";
import { unharmed } from "@/lib/excel/harmless";
import { placesOfColumns } from "@/lib/excel/header-model";
import { MOST_FILE_BYTES, readRows } from "@/lib/excel/read-rows";
import type { SheetRow } from "@/lib/excel/sheet-model";
import { codeOf, MOST_POINTS, readOnlyColumns, type TableField } from "./field-model";
import { isPriceListHead, offersOnSheet, tableOfPriceList } from "./price-list-rules";
import { readPriceList } from "./read-price-list";
import { exportIdIn, isId, type ReadTable, type TableLine } from "./table-model";
import { columnCalled, type TableColumn } from "./words";

/**
 * A table that came back, whatever made it: an export of ours, a table filled by hand, Kaspi's price list
 * as a workbook or XML. Throws `invalid` for what is none of these, or too large.
 */
export async function readTable(file: Uint8Array): Promise<ReadTable> {
  if (file.byteLength > MOST_FILE_BYTES) throw new AppError("invalid", "sheet_too_large");
  if (isXml(file)) return tableOfPriceList(await readPriceList(file));
  const rows = await readRows(file);
  const head = rows[0]?.cells ?? [];
  if (isPriceListHead(head))
    return tableOfPriceList({ merchantId: null, offers: offersOnSheet(rows) });
  return tableOf(head, rows.slice(1));
}

/** A BOM or blanks may stand before it. */
const isXml = (file: Uint8Array) =>
  /^\ufeff?\s*</.test(new TextDecoder().decode(file.subarray(0, 100)));

function tableOf(head: readonly string[], rows: readonly SheetRow[]): ReadTable {
  const places = placesOfColumns(head, columnCalled);
  const markAt = head.findIndex((header) => exportIdIn(header) !== null);
  const articleAt = places.get("article");
  const values = [...places].filter(isValue).filter(isWithinPoints());
  if (values.length === 0 || (articleAt === undefined && markAt === -1))
    throw new AppError("invalid", "table_columns");
  const unknown = head.filter((header, at) => header && at !== markAt && !columnCalled(header));
  const names = unknown.slice(0, 10).join(", ").slice(0, 300);
  return {
    kind: markAt === -1 ? "table" : "export",
    exportId: markAt === -1 ? null : exportIdIn(head[markAt] ?? ""),
    merchantId: null,
    fields: values.map(([field]) => field),
    lines: rows.map((row) => lineOf(row, { articleAt, markAt, values })),
    remarks: unknown.length > 0 ? [{ kind: "unknown_columns", names }] : [],
  };
}

type Value = [TableField, number];
const isValue = (place: [TableColumn, number]): place is Value =>
  place[0] !== "article" && !(readOnlyColumns as readonly string[]).includes(place[0]);

function isWithinPoints() {
  let points = 0;
  return ([field]: Value) => {
    if (codeOf(field) !== null) points += 1;
    return points <= MOST_POINTS;
  };
}

type Places = { articleAt: number | undefined; markAt: number; values: readonly Value[] };

function lineOf({ line, cells }: SheetRow, { articleAt, markAt, values }: Places): TableLine {
  const id = cells[markAt] ?? "";
  return {
    line,
    article: articleAt === undefined ? "" : unharmed(cells[articleAt] ?? ""),
    productId: isId(id) ? id.toLowerCase() : null,
    cells: new Map(values.map(([field, at]) => [field, cells[at] ?? ""])),
  };
}
