import type { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Place } from "@/components/place";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { BotSwitch } from "./bot-switch";
import { CheckedCell } from "./checked-cell";
import { CostCell, MarginCell } from "./cost-cells";
import { DecisionCell } from "./decision-cell";
import { LimitCell } from "./limit-cell";
import { NameCell } from "./name-cell";
import type { ProductLine } from "./product-line";

type Cell = TableCell<ProductLine>;

const cells = {
  name: ({ row }: Cell) => <NameCell row={row} />,
  price: ({ row }: Cell) => <Money amount={row.original.price} />,
  floor: ({ row }: Cell) => <LimitCell product={row.original} limit="floor" />,
  ceiling: ({ row }: Cell) => <LimitCell product={row.original} limit="ceiling" />,
  place: ({ row }: Cell) => <Place place={row.original.place} total={row.original.placesTotal} />,
  rival: ({ row }: Cell) => <Money amount={row.original.bestRivalPrice} />,
  bot: ({ row }: Cell) => <BotSwitch product={row.original} />,
  decision: ({ row }: Cell) => <DecisionCell product={row.original} />,
  checked: ({ row }: Cell) => <CheckedCell product={row.original} />,
  category: ({ row }: Cell) => <p className="truncate">{row.original.category}</p>,
  stock: ({ row }: Cell) => row.original.stock,
  cost: ({ row }: Cell) => <CostCell product={row.original} />,
  costFloor: ({ row }: Cell) => <Money amount={row.original.costFloor} />,
  margin: ({ row }: Cell) => <MarginCell margin={row.original.margin} />,
};

const narrow = "md:px-2";
const limit = "md:min-w-22 md:px-2";

const { accessor, display, columns } = tableColumns<ProductLine>();

/** The columns of the list in the order of the screen; those the server sorts by have an accessor. */
export const productColumns = (
  t: ReturnType<typeof useTranslations<"products.columns">>,
): TableColumns<ProductLine> =>
  columns([
    accessor("name", {
      header: t("name"),
      cell: cells.name,
      meta: { width: "md:w-84 md:min-w-56 md:max-w-84", card: "title" },
    }),
    accessor("price", {
      header: t("price"),
      cell: cells.price,
      meta: { align: "right", width: narrow, card: "number" },
    }),
    accessor("floor", {
      header: t("floor"),
      cell: cells.floor,
      meta: { align: "right", width: limit, card: "number" },
    }),
    accessor("ceiling", {
      header: t("ceiling"),
      cell: cells.ceiling,
      meta: { align: "right", width: limit },
    }),
    accessor("place", {
      header: t("place"),
      cell: cells.place,
      meta: { align: "right", width: narrow, card: "number" },
    }),
    accessor("bestRivalPrice", {
      id: "rival",
      header: t("rival"),
      cell: cells.rival,
      meta: { align: "right", width: narrow },
    }),
    display({ id: "bot", header: t("bot"), cell: cells.bot, meta: { card: "corner" } }),
    display({
      id: "decision",
      header: t("decision"),
      cell: cells.decision,
      meta: { width: "md:w-full md:min-w-64 md:max-w-0", card: "line" },
    }),
    accessor("observedAt", { id: "checked", header: t("checked"), cell: cells.checked }),
    display({
      id: "category",
      header: t("category"),
      cell: cells.category,
      meta: { width: "md:min-w-36 md:max-w-48" },
    }),
    display({ id: "stock", header: t("stock"), cell: cells.stock, meta: { align: "right" } }),
    accessor("cost", {
      header: t("cost"),
      cell: cells.cost,
      meta: { align: "right", width: limit },
    }),
    accessor("costFloor", {
      header: t("costFloor"),
      cell: cells.costFloor,
      meta: { align: "right", width: narrow },
    }),
    display({
      id: "margin",
      header: t("margin"),
      cell: cells.margin,
      meta: { align: "right", width: narrow },
    }),
  ]);
