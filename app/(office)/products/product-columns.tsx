import type { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Place } from "@/components/place";
import type { ColumnLook, TableColumn } from "@/components/ui/table-columns";
import { BotSwitch } from "./bot-switch";
import { CheckedCell } from "./checked-cell";
import { DecisionCell } from "./decision-cell";
import { LimitCell } from "./limit-cell";
import { NameCell } from "./name-cell";
import type { ProductLine } from "./product-line";

const narrow = "md:px-2";

type Cell = { row: ProductLine };

const cells = {
  name: ({ row }: Cell) => <NameCell product={row} />,
  price: ({ row }: Cell) => <Money amount={row.price} />,
  floor: ({ row }: Cell) => <LimitCell product={row} limit="floor" />,
  ceiling: ({ row }: Cell) => <LimitCell product={row} limit="ceiling" />,
  place: ({ row }: Cell) => <Place place={row.place} total={row.placesTotal} />,
  rival: ({ row }: Cell) => <Money amount={row.bestRivalPrice} />,
  bot: ({ row }: Cell) => <BotSwitch product={row} />,
  decision: ({ row }: Cell) => <DecisionCell product={row} />,
  checked: ({ row }: Cell) => <CheckedCell product={row} />,
  category: ({ row }: Cell) => <p className="truncate">{row.category}</p>,
  stock: ({ row }: Cell) => row.stock,
};

const looks = {
  name: { sort: "name", width: "md:w-66 md:min-w-56 md:max-w-66", card: "title" },
  price: { sort: "price", align: "right", width: narrow, card: "number" },
  floor: { sort: "floor", align: "right", width: "md:min-w-22 md:px-2", card: "number" },
  ceiling: { sort: "ceiling", align: "right", width: "md:min-w-22 md:px-2" },
  place: { sort: "place", align: "right", width: narrow, card: "number" },
  rival: { sort: "rival", align: "right", width: narrow },
  bot: { card: "corner" },
  decision: { width: "md:w-full md:min-w-64 md:max-w-0", card: "line" },
  checked: { sort: "checked" },
  category: { width: "md:min-w-36 md:max-w-48" },
  stock: { align: "right" },
} as const satisfies Record<keyof typeof cells, ColumnLook>;

const order = Object.keys(cells) as (keyof typeof cells)[];

/** The columns of the list; their order is the order on the screen. */
export function productColumns(
  t: ReturnType<typeof useTranslations<"products.columns">>,
): TableColumn<ProductLine>[] {
  return order.map((id) => ({ id, header: t(id), Cell: cells[id], look: looks[id] }));
}
