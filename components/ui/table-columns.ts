import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  tableFeatures,
} from "@tanstack/react-table";

/** How a column looks in the table, and where it goes when a row becomes a card on a phone. */
export type ColumnLook = {
  /** Right for numbers. */
  align?: "right";
  /** Classes for the column's width. */
  width?: string;
  /** Name of the order in the address; a column without one is not sorted. */
  sort?: string;
  /** A card has a title, a corner for a control, up to three numbers, and lines. Default: hidden. */
  card?: "title" | "corner" | "number" | "line";
};

export const features = tableFeatures({ columnVisibilityFeature, columnMeta: {} as ColumnLook });

export type TableColumn<Row extends RowData> = ColumnDef<typeof features, Row, unknown>;

/** `const column = columnsOf<Row>()`, once per table and outside the component. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>();
}
