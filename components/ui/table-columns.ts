import type { ComponentType } from "react";

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

/**
 * A column of a table whose rows the server has sorted and cut. `Cell` is a module's constant: a new
 * function would be a new component, and a refresh would throw away what is being typed in it.
 */
export type TableColumn<Row> = {
  id: string;
  header: string;
  Cell: ComponentType<{ row: Row }>;
  look: ColumnLook;
};
