import { PassThrough } from "node:stream";
import Excel from "exceljs";
import { HOUR, later } from "@/lib/core/time";
import { readRows } from "@/lib/excel/read-rows";
import type { SheetRow } from "@/lib/excel/sheet-model";
import { translator } from "@/lib/i18n/translator";
import { productListSchema } from "@/lib/products/model";
import { applyImport } from "@/lib/table-files/apply-import";
import { exportProducts } from "@/lib/table-files/export-products";
import type { FileFormat } from "@/lib/table-files/format-model";
import { countImport } from "@/lib/table-files/import-queries";
import { lookAtTable } from "@/lib/table-files/look-at-table";
import { undoImport } from "@/lib/table-files/undo-import";
import { headerOf } from "@/lib/table-files/words";
import type { Bench, Figure } from "./figure";
import { multiply } from "./many-products";
import { connectStore, type Office, openOffice, syncStore } from "./office";
import { type Spent, timed } from "./stopwatch";

/** Of the demo shop's thousand products. */
const COPIES = 100;
const IMPORTED = 50_000;
const MB = 1024 * 1024;

/** Tables of 100,000 products out, and of 50,000 in. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const { storeId } = await connectStore(office, "demo");
  await syncStore(office, storeId);
  await multiply(office, storeId, COPIES);
  await office.database.sql`update products set bot_enabled = true, floor = price * 8 / 10`;
  await office.database.sql`vacuum analyze`;
  const exported = await exportFigures(office);
  await office.database.sql`delete from products where id in (
    select id from products order by id offset ${IMPORTED})`;
  await office.database.sql`vacuum analyze`;
  return [...exported, ...(await importFigures(office))];
};

let hours = 0;

/** The file of all products, read to its end; `onPiece` sees each piece. */
async function take(
  { access: { db, clock }, owner }: Office,
  format: FileFormat,
  onPiece: (piece: Uint8Array) => void,
): Promise<void> {
  // Nobody may take ten files in ten minutes.
  hours += 1;
  const file = await exportProducts(db, owner, {
    query: productListSchema.parse({}),
    ...{ format, locale: "ru", now: later(clock(), hours * HOUR) },
  });
  for await (const piece of file) onPiece(piece);
}

/** The most memory while something is sent piece by piece, above what it began with. Megabytes. */
function watchMemory() {
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  return {
    look: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
    more: () => (most - before) / MB,
  };
}

async function exportFigures(office: Office): Promise<Figure[]> {
  const { pids } = office;
  const pieces: Uint8Array[] = [];
  await take(office, "csv", (piece) => pieces.push(piece));
  const rows = await readRows(new Uint8Array(Buffer.concat(pieces).subarray(0, 2_000_000)));
  pieces.length = 0;
  const bare = await timed(pids, () => writeBare(rows.slice(1, 1_001)));
  const memory = watchMemory();
  let bytes = 0;
  const xlsx = await timed(pids, () =>
    take(office, "xlsx", (piece) => {
      bytes += piece.byteLength;
      memory.look();
    }),
  );
  const csv = await timed(pids, () => take(office, "csv", () => {}));
  const size = `a file of ${(bytes / 1e6).toFixed(0)} MB`;
  return [
    {
      ...figure("100,000 products to a workbook", xlsx, 2 * seconds(bare), size),
      baseline: { what: "the bare library with the same rows", value: seconds(bare) },
    },
    {
      what: "100,000 products to a workbook: memory beyond what was held before",
      value: memory.more(),
      unit: "MB",
      target: { most: 150 },
    },
    figure("100,000 products to text", csv, seconds(xlsx), ""),
  ];
}

/** The same rows a hundred times by the streaming writer of the library, to nowhere. */
async function writeBare(rows: readonly SheetRow[]): Promise<void> {
  const out = new PassThrough();
  out.resume();
  const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const page = workbook.addWorksheet("bare");
  const values = rows.map(({ cells }) =>
    cells.map((cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : cell || null)),
  );
  for (let copy = 0; copy < COPIES; copy += 1) {
    for (const row of values) page.addRow(row).commit();
    await new Promise((resolve) => setImmediate(resolve));
  }
  page.commit();
  await workbook.commit();
}

async function importFigures(office: Office): Promise<Figure[]> {
  const { access, owner, pids } = office;
  const { db, clock } = access;
  const pieces: Uint8Array[] = [];
  await take(office, "csv", (piece) => pieces.push(piece));
  const file = await withFloorsAndCosts(new Uint8Array(Buffer.concat(pieces)));
  const asked = { file, fileName: "bench.csv", storeId: null };
  const memory = watchMemory();
  const watch = setInterval(memory.look, 50);
  const looked = await timed(pids, () => lookAtTable(db, owner, asked, clock()));
  const importId = looked.result;
  const { cells, products } = await countImport(db, importId);
  const applied = await timed(pids, () =>
    applyImport(db, owner, { importId, confirm: true }, clock()),
  );
  const undone = await timed(pids, () => undoImport(db, owner, importId, clock()));
  clearInterval(watch);
  const again = await timed(pids, async () => lookAtTable(db, owner, asked, clock()));
  const of = `${cells} cells of ${products} products`;
  return [
    figure("50,000 products from a table: looked at", looked, 30, of),
    figure("the same applied in one transaction", applied, 60, of),
    figure("the same taken back", undone, 60, `${undone.result.left} left`),
    figure("the same looked at again", again, 30, ""),
    {
      what: "50,000 products from a table: memory beyond what was held before",
      value: memory.more(),
      unit: "MB",
      target: { most: 1_000 },
    },
  ];
}

/** The table as somebody sends it back who has changed a floor and a cost of every product. */
async function withFloorsAndCosts(file: Uint8Array): Promise<Uint8Array> {
  const rows = await readRows(file);
  const t = translator("ru");
  const head = rows[0]?.cells ?? [];
  const [floorAt, costAt] = [headerOf(t, "floor"), headerOf(t, "cost")].map((name) =>
    head.indexOf(name),
  );
  const lines = rows.map(({ cells }, nth) =>
    cells
      .map((cell, at) => {
        if (nth > 0 && at === floorAt) return String(Number(cell || 1_000) + 1);
        return nth > 0 && at === costAt ? "900" : cell;
      })
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(";"),
  );
  return new TextEncoder().encode(lines.join("\n"));
}

const seconds = ({ own, postgres }: Spent) => (own + postgres) / 1_000;

/** CPU of all who take part, in seconds. */
function figure(what: string, spent: Spent, most: number, note: string): Figure {
  const { wall, postgres } = spent;
  return {
    what: `${what}, CPU`,
    value: seconds(spent),
    unit: "s",
    target: { most },
    note: `${(wall / 1_000).toFixed(1)} s on the clock, Postgres ${(postgres / 1_000).toFixed(1)} s; ${note}`,
  };
}
