import type { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Place } from "@/components/place";
import { columnsOf, type TableColumn } from "@/components/ui/table-columns";
import { BotSwitch } from "./bot-switch";
import { CheckedCell } from "./checked-cell";
import { DecisionCell } from "./decision-cell";
import { LimitCell } from "./limit-cell";
import { NameCell } from "./name-cell";
import type { ProductLine } from "./product-line";

const narrow = "md:px-2";

const column = columnsOf<ProductLine>();

/** The columns of the list; their order is the order on the screen. */
export function productColumns(
  t: ReturnType<typeof useTranslations<"products.columns">>,
): TableColumn<ProductLine>[] {
  return [
    column.display({
      id: "name",
      header: t("name"),
      cell: ({ row }) => <NameCell product={row.original} />,
      meta: { sort: "name", width: "md:w-66 md:min-w-56 md:max-w-66", card: "title" },
    }),
    column.display({
      id: "price",
      header: t("price"),
      cell: ({ row }) => <Money amount={row.original.price} />,
      meta: { sort: "price", align: "right", width: narrow, card: "number" },
    }),
    column.display({
      id: "floor",
      header: t("floor"),
      cell: ({ row }) => <LimitCell product={row.original} limit="floor" />,
      meta: { align: "right", width: "md:min-w-22 md:px-2", card: "number" },
    }),
    column.display({
      id: "ceiling",
      header: t("ceiling"),
      cell: ({ row }) => <LimitCell product={row.original} limit="ceiling" />,
      meta: { align: "right", width: "md:min-w-22 md:px-2" },
    }),
    column.display({
      id: "place",
      header: t("place"),
      cell: ({ row: { original } }) => (
        <Place place={original.place} total={original.placesTotal} />
      ),
      meta: { sort: "place", align: "right", width: narrow, card: "number" },
    }),
    column.display({
      id: "bestRivalPrice",
      header: t("rival"),
      cell: ({ row }) => <Money amount={row.original.bestRivalPrice} />,
      meta: { align: "right", width: narrow },
    }),
    column.display({
      id: "botEnabled",
      header: t("bot"),
      cell: ({ row }) => <BotSwitch product={row.original} />,
      meta: { card: "corner" },
    }),
    column.display({
      id: "decision",
      header: t("decision"),
      cell: ({ row }) => <DecisionCell product={row.original} />,
      meta: { width: "md:w-full md:min-w-64 md:max-w-0", card: "line" },
    }),
    column.display({
      id: "observedAt",
      header: t("checked"),
      cell: ({ row }) => <CheckedCell product={row.original} />,
      meta: { sort: "checked" },
    }),
  ];
}
