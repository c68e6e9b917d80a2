import { getTableName, is } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgCustomColumn, PgTable } from "drizzle-orm/pg-core";
import { sealedType } from "./schema/columns";
import * as exits from "./schema/exits";
import * as feeds from "./schema/feeds";
import * as kaspi from "./schema/kaspi";
import * as logins from "./schema/logins";
import * as webhooks from "./schema/webhooks";
import * as workspace from "./schema/workspace";

export type SealedColumn = {
  /** `table.column`, as people are told of it. */
  name: string;
  table: PgTable;
  id: PgColumn;
  column: PgColumn;
};

/** The columns of these tables that hold what the vault has sealed, each with the id of its rows. */
export function sealedColumnsOf(things: object): SealedColumn[] {
  const tables = Object.values(things).filter((thing) => is(thing, PgTable));
  return tables.flatMap((table) => {
    const { columns } = getTableConfig(table);
    const id = columns.find((column) => column.primary);
    return columns
      .filter((column) => is(column, PgCustomColumn) && column.getSQLType() === sealedType)
      .map((column) => {
        const name = `${getTableName(table)}.${column.name}`;
        if (!id) throw new Error(`${name}: a sealed column wants an id of one column`);
        return { name, table, id, column };
      });
  });
}

/** Everything that is sealed in the database. */
export const sealedColumns = sealedColumnsOf({
  ...workspace,
  ...kaspi,
  ...logins,
  ...exits,
  ...feeds,
  ...webhooks,
});
