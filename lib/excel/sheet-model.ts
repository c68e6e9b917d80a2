/** A row of texts with the line it stands in, from 1 on, as the person sees it. */
export type SheetRow = { line: number; cells: string[] };

/** Of a table that people fill in; empty rows do not count. */
export const MOST_ROWS = 200_000;
/** Columns further to the right are nobody's. */
export const MOST_COLUMNS = 100;

/** Different texts of a workbook, and ranges that were merged: as many as a table of that size can have. */
export const MOST_TEXTS = 1_000_000;
export const MOST_MERGED = 100_000;

const LONGEST_CELL = 500;

/** Of a longer text only so much is kept that one sees it was longer: nobody reads it, nobody may trust it. */
export const keptOf = (text: string) => text.slice(0, LONGEST_CELL + 1);
export const isCut = (cell: string) => cell.length > LONGEST_CELL;

/** What a cell may hold; null leaves it empty. Times are written by the clock of the workspace. */
export type CellValue = string | number | Date | null;

/** Columns are data: one list makes the spreadsheet and its plain twin. */
export type SheetColumn<Row> = {
  header: string;
  /** In characters, for the spreadsheet. */
  width: number;
  /** In a spreadsheet: its header is coloured, or it is there and not shown. */
  look?: "editable" | "hidden";
  value: (row: Row) => CellValue;
};

export type Sheet<Row> = {
  name: string;
  columns: readonly SheetColumn<Row>[];
  /** Batches: what is read at a time is what is held at a time. */
  rows: AsyncIterable<readonly Row[]>;
  /** A last line under the rows, asked for when they have all been written. */
  footnote?: () => string | null;
  timeZone: string;
};
