import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { SelectRow } from "@/components/select-boxes";
import { StatusDot } from "@/components/ui/badge";
import { PanelLink } from "@/components/ui/panel-link";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { PreorderLine } from "./preorder-line";

type Cell = TableCell<PreorderLine>;

const cells = {
  product: ({ row }: Cell) => {
    const { name, productId, article, where, maySend } = row.original;
    return (
      <div className="flex min-w-0 items-center gap-2.5">
        <SelectRow row={row} name={name} disabled={!maySend} />
        <div className="min-w-0">
          <Link
            href={`/products/${productId}`}
            prefetch={false}
            title={name}
            className="block truncate font-medium outline-offset-0 hover:text-blue hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
          >
            {name}
          </Link>
          <p className="truncate text-ink-faint text-xs">
            {[article, where].filter(Boolean).join(" · ")}
          </p>
        </div>
      </div>
    );
  },
  days: ({ row: { original } }: Cell) => (
    <span className="whitespace-nowrap">{original.arrives}</span>
  ),
  points: ({ row: { original } }: Cell) => (
    <ul className="flex flex-col">
      {original.points.map(({ pointId, label, pieces }) => (
        <li key={pointId} className="whitespace-nowrap">
          {label}: {pieces}
        </li>
      ))}
    </ul>
  ),
  price: ({ row: { original } }: Cell) => <Money amount={original.price} />,
  status: ({ row: { original } }: Cell) => (
    <div className="min-w-0">
      <StatusDot tone={original.state.tone} live={original.state.live}>
        {original.state.text}
      </StatusDot>
      {original.why && (
        <p className="line-clamp-2 text-ink-soft text-sm max-md:line-clamp-none">{original.why}</p>
      )}
    </div>
  ),
  details: ({ row: { original } }: Cell) => {
    const t = useTranslations("preorders");
    return (
      <PanelLink panel="preorder" value={original.id} look="ghost" size="sm">
        {t("details")}
        <span className="sr-only">: {original.name}</span>
      </PanelLink>
    );
  },
};

const { accessor, display, columns } = tableColumns<PreorderLine>();

/** The columns of the list in the order of the screen; those the server sorts by have an accessor. */
export const preorderColumns = (
  name: ReturnType<typeof useTranslations<"preorders.columns">>,
): TableColumns<PreorderLine> =>
  columns([
    accessor("name", {
      header: name("product"),
      cell: cells.product,
      meta: { card: "title", width: "md:w-84 md:min-w-56 md:max-w-84" },
    }),
    accessor("leadDays", {
      id: "days",
      header: name("days"),
      cell: cells.days,
      meta: { card: "number" },
    }),
    display({
      id: "points",
      header: name("points"),
      cell: cells.points,
      meta: { card: "number" },
    }),
    display({
      id: "price",
      header: name("price"),
      cell: cells.price,
      meta: { card: "number", align: "right" },
    }),
    display({
      id: "status",
      header: name("status"),
      cell: cells.status,
      meta: { card: "line", width: "md:w-full md:min-w-64 md:max-w-0" },
    }),
    display({ id: "details", header: "", cell: cells.details, meta: { card: "corner" } }),
  ]);
