import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { findExport, partOf } from "./export-queries";
import type { TableField, TableValue } from "./field-model";
import type { Base } from "./plan-row";
import type { TableRow } from "./row-queries";
import { cellValue } from "./row-rules";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** What an export said of some products, to be kept: a line of JSON for each. */
export async function packRows(
  rows: readonly TableRow[],
  fields: readonly TableField[],
): Promise<string> {
  const lines = rows.map((row) =>
    JSON.stringify([row.id, ...fields.map((field) => cellValue(row, field))]),
  );
  return (await pack(lines.join("\n"))).toString("base64");
}

/** What an export said, of the products that are asked for. */
export type Exported = { baseOf: (productId: string) => Base };

/** Null: it is forgotten, or not the caller's to know, and nothing can be compared with it. */
export async function readExported(
  tx: Tx,
  caller: Caller,
  exportId: string,
  productIds: ReadonlySet<string>,
): Promise<Exported | null> {
  const found = await findExport(tx, caller, exportId);
  if (!found) return null;
  const kept = new Map<string, TableValue[]>();
  for (const nth of found.parts) {
    const text = (await unpack(Buffer.from(await partOf(tx, exportId, nth), "base64"))).toString();
    for (const line of text.split("\n")) {
      // The id stands first: most lines of a large export need not be read any further.
      if (!productIds.has(line.slice(2, 38))) continue;
      const [id, ...values] = JSON.parse(line) as [string, ...TableValue[]];
      kept.set(id, values);
    }
  }
  const fields = found.columns as TableField[];
  return {
    baseOf: (productId) => {
      const values = kept.get(productId);
      return values
        ? new Map(fields.map((field, nth) => [field, values[nth] ?? null] as const))
        : null;
    },
  };
}
