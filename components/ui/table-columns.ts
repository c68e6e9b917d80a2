import {
  type CellContext,
  columnVisibilityFeature,
  createColumnHelper,
  type HeaderContext,
  metaHelper,
  type Row,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  type TableOptions,
  tableFeatures,
} from "@tanstack/react-table";

/** How a column looks in the table, and where it goes when a row becomes a card on a phone. */
export type ColumnLook = {
  /** Right for numbers. */
  align?: "right";
  /** Classes for the column's width. */
  width?: string;
  /** A card has a title, a corner for a control, up to three numbers, and lines. Default: hidden. */
  card?: "title" | "corner" | "number" | "line";
};

/** What our tables can do. There are no row models: the server has sorted and cut the rows. */
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  columnMeta: metaHelper<ColumnLook>(),
});

export type TableFeatures = typeof features;

export type TableRow<Line extends RowData> = Row<TableFeatures, Line>;
export type TableCell<Line extends RowData> = CellContext<TableFeatures, Line>;
export type TableHead<Line extends RowData> = HeaderContext<TableFeatures, Line>;
export type TableColumns<Line extends RowData> = TableOptions<TableFeatures, Line>["columns"];

/**
 * Makes the columns of a table. A column's id is the name of its order in the address. A cell is a
 * module's constant: a new function would be a new component, and a refresh would throw away what
 * is being typed in it.
 */
export const tableColumns = <Line extends RowData>() => createColumnHelper<TableFeatures, Line>();
