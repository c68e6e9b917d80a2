import type { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Place } from "@/components/place";
import { type ColumnLook, columnsOf, type TableColumn } from "@/components/ui/table-columns";
import { BotSwitch } from "./bot-switch";
import { CheckedCell } from "./checked-cell";
import { DecisionCell } from "./decision-cell";
import { LimitCell } from "./limit-cell";
import { NameCell } from "./name-cell";
import type { ProductLine } from "./product-line";

const column = columnsOf<ProductLine>();
const narrow = "md:px-2";

type Cell = { row: { original: ProductLine } };

// Each cell is one component for ever: a new function would be a new component, and a refresh of
// the page would throw away what is being typed in it.
const cells = {
  name: ({ row }: Cell) => <NameCell product={row.original} />,
  price: ({ row }: Cell) => <Money amount={row.original.price} />,
  floor: ({ row }: Cell) => <LimitCell product={row.original} limit="floor" />,
  ceiling: ({ row }: Cell) => <LimitCell product={row.original} limit="ceiling" />,
  place: ({ row }: Cell) => <Place place={row.original.place} total={row.original.placesTotal} />,
  rival: ({ row }: Cell) => <Money amount={row.original.bestRivalPrice} />,
  bot: ({ row }: Cell) => <BotSwitch product={row.original} />,
  decision: ({ row }: Cell) => <DecisionCell product={row.original} />,
  checked: ({ row }: Cell) => <CheckedCell product={row.original} />,
};

const looks = {
  name: { sort: "name", width: "md:w-66 md:min-w-56 md:max-w-66", card: "title" },
  price: { sort: "price", align: "right", width: narrow, card: "number" },
  floor: { align: "right", width: "md:min-w-22 md:px-2", card: "number" },
  ceiling: { align: "right", width: "md:min-w-22 md:px-2" },
  place: { sort: "place", align: "right", width: narrow, card: "number" },
  rival: { align: "right", width: narrow },
  bot: { card: "corner" },
  decision: { width: "md:w-full md:min-w-64 md:max-w-0", card: "line" },
  checked: { sort: "checked" },
} as const satisfies Record<keyof typeof cells, ColumnLook>;

const order = Object.keys(cells) as (keyof typeof cells)[];

/** The columns of the list; their order is the order on the screen. */
export function productColumns(
  t: ReturnType<typeof useTranslations<"products.columns">>,
): TableColumn<ProductLine>[] {
  return order.map((id) => column.display({ id, header: t(id), cell: cells[id], meta: looks[id] }));
}
