import Excel from "exceljs";
import type { Caller } from "@/lib/auth/model";
import { HOUR, later } from "@/lib/core/time";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { productListSchema } from "@/lib/products/model";
import { exportProducts } from "@/lib/table-files/export-products";
import type { TableField } from "@/lib/table-files/field-model";
import type { FileFormat } from "@/lib/table-files/format-model";
import { countImport, findImport, importLines } from "@/lib/table-files/import-queries";
import { lookAtTable } from "@/lib/table-files/look-at-table";
import { headerOf } from "@/lib/table-files/words";
import type { TestOffice } from "./office";

/** Nobody may take more than ten files in ten minutes: each of ours is taken an hour after the one before. */
let hours = 0;

/** The products of a page as the file a person gets. */
export async function takeProducts(
  { access: { db, clock }, owner }: TestOffice,
  asked: { format?: FileFormat; locale?: Locale; query?: object; caller?: Caller } = {},
): Promise<Uint8Array> {
  const { format = "xlsx", locale = "ru", query = {}, caller = owner } = asked;
  hours += 1;
  const now = later(clock(), hours * HOUR);
  const file = await exportProducts(db, caller, {
    query: productListSchema.parse(query),
    ...{ format, locale, now },
  });
  return new Uint8Array(await new Response(file).arrayBuffer());
}

type Edits = Record<string, Partial<Record<TableField, string | number | null>>>;

/** The file as somebody would send it back who has changed these cells, by article and column, in Excel. */
export async function edited(file: Uint8Array, edits: Edits): Promise<Uint8Array> {
  const workbook = new Excel.Workbook();
  await workbook.xlsx.load(Buffer.from(file) as unknown as Excel.Buffer);
  const [sheet] = workbook.worksheets;
  const t = translator("ru");
  const heads = (sheet?.getRow(1).values ?? []) as string[];
  sheet?.eachRow((row) => {
    const change = edits[String(row.getCell(1).value)] ?? {};
    for (const [field, value] of Object.entries(change)) {
      const at = heads.indexOf(headerOf(t, field as TableField));
      if (at < 1) throw new Error(`no column for ${field}`);
      row.getCell(at).value = value ?? null;
    }
  });
  return new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
}

/** What a file would change: its counts, and the first cells of each kind. */
export async function lookedAt(
  { access: { db, clock }, owner }: TestOffice,
  file: Uint8Array,
  { storeId = null as string | null, caller = owner, fileName = "table.xlsx" } = {},
) {
  const id = await lookAtTable(db, caller, { file, fileName, storeId }, clock());
  const lines = (view: "change" | "conflict" | "error" | "doubtful") =>
    importLines(db, caller, id, { view, page: 1 });
  return {
    id,
    seen: await findImport(db, caller, id),
    counts: await countImport(db, id),
    changes: await lines("change"),
    conflicts: await lines("conflict"),
    errors: await lines("error"),
    doubtful: await lines("doubtful"),
  };
}

/** A table of nobody's, as text. */
export const typedTable = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"));
