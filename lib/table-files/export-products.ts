import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import { MOST_ROWS, type Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { chosenInOrder } from "@/lib/products/list-queries";
import type { ProductListQuery } from "@/lib/products/model";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { insertExport, insertPart } from "./export-queries";
import { packRows } from "./exported-base";
import { MOST_POINTS, plainFields, stockField, type TableField } from "./field-model";
import type { FileFormat } from "./format-model";
import { productsSheet } from "./product-columns";
import {
  pointsOfStores,
  type StorePoints,
  storesOfProducts,
  type TableRow,
  tableRows,
} from "./row-queries";

const BATCH = 1_000;

type Export = { query: ProductListQuery; format: FileFormat; locale: Locale; now: Date };

/**
 * The products that a page means, in its order, as a file that is sent while it is read and can be sent
 * back. What stands in it is kept, to compare with. Who took what is written down. Throws `rate_limited` for
 * more than ten files of one person in ten minutes, `invalid` for more rows than such a file may have.
 */
export async function exportProducts(
  db: Db,
  caller: Caller,
  { query, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const stores = await listStoreNames(db, caller);
  // Whatever the address names: what is written down of a store is seen by those who see the store.
  const storeId = stores.find(({ id }) => id === query.store)?.id ?? null;
  const ids = await chosenInOrder(db, caller, query, now);
  if (ids.length >= MOST_ROWS) throw new AppError("invalid", "export_too_large");
  const entry = { at: now, storeId, details: { table: "products", format, ...query } };
  await takeAllowed(db, caller.id, filesTaken("table.exported"), entry);
  const points = await pointsOfStores(db, await storesOfProducts(db, ids));
  const fields = [...plainFields, ...codesOf(points).map(stockField)];
  const taken = { userId: caller.id, storeId, columns: fields, takenAt: now };
  const exportId = await db.transaction((tx) => insertExport(tx, taken));
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const sheet: Sheet<TableRow> = {
    name: t("tables.name"),
    columns: productsSheet({ t, locale }, fields, exportId),
    rows: exported(db, caller, { ids, points, fields, exportId }),
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

/** PP2 before PP10. */
function codesOf(points: StorePoints): string[] {
  const codes = new Set([...points.values()].flatMap((byCode) => [...byCode.keys()]));
  return [...codes]
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }))
    .slice(0, MOST_POINTS);
}

type Meant = { ids: string[]; points: StorePoints; fields: TableField[]; exportId: string };

/** A batch is kept before it leaves: what is in the file is known, however the sending ends. */
async function* exported(
  db: Db,
  caller: Caller,
  { ids, points, fields, exportId }: Meant,
): AsyncGenerator<TableRow[], void> {
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const found = new Map((await tableRows(db, caller, batch, points)).map((row) => [row.id, row]));
    const rows = batch.flatMap((id) => found.get(id) ?? []);
    const body = await packRows(rows, fields);
    await insertPart(db, { exportId, nth: at / BATCH, body });
    yield rows;
  }
}
