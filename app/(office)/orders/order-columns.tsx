import Link from "next/link";
import type { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { TimeAgo } from "@/components/time-ago";
import { Badge, StatusDot } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { Picture } from "../products/picture";
import type { OrderLine } from "./order-line";

type Cell = TableCell<OrderLine>;

const cells = {
  order: ({ row: { original } }: Cell) => (
    <div className="flex min-w-0 items-center gap-2.5">
      <Picture url={original.imageUrl} className="size-9 shrink-0 rounded-sm border bg-surface" />
      <div className="min-w-0">
        <Link
          href={`/orders/${original.id}`}
          prefetch={false}
          title={original.product}
          className="block truncate font-medium outline-offset-0 hover:text-blue hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
        >
          {original.product}
          <span className="sr-only">, № {original.code}</span>
        </Link>
        <p className="truncate text-ink-faint text-xs">{original.more}</p>
      </div>
    </div>
  ),
  code: ({ row: { original } }: Cell) => (
    <div className="whitespace-nowrap">
      <p className="tabular-nums">{original.code}</p>
      <p className="text-ink-faint text-xs">
        <TimeAgo at={original.orderedAt} />
      </p>
    </div>
  ),
  buyer: ({ row: { original } }: Cell) => (
    <div className="min-w-0">
      <p className="truncate">{original.buyer ?? "—"}</p>
      <p className="truncate text-ink-faint text-xs">{original.where}</p>
    </div>
  ),
  delivery: ({ row: { original } }: Cell) => (
    <div className="flex flex-wrap items-center gap-1">
      <span className="md:whitespace-nowrap">{original.delivery}</span>
      {original.marks.map((mark) => (
        <Badge key={mark} tone="amber">
          {mark}
        </Badge>
      ))}
    </div>
  ),
  total: ({ row: { original } }: Cell) => <Money amount={original.totalPrice} />,
  state: ({ row: { original } }: Cell) => (
    <div className="min-w-0">
      <StatusDot tone={original.state.tone}>{original.state.text}</StatusDot>
      {original.note && <p className="line-clamp-2 text-ink-soft text-sm">{original.note}</p>}
      {!original.note && original.until && (
        <p className="text-ink-faint text-sm">
          <TimeAgo at={original.until} ahead />
        </p>
      )}
    </div>
  ),
};

const { display, columns } = tableColumns<OrderLine>();

/** The columns of the list, in the order of the screen. */
export const orderColumns = (
  name: ReturnType<typeof useTranslations<"orders.columns">>,
): TableColumns<OrderLine> =>
  columns([
    display({
      id: "order",
      header: name("order"),
      cell: cells.order,
      meta: { card: "title", width: "md:w-84 md:min-w-56 md:max-w-84" },
    }),
    display({ id: "code", header: name("code"), cell: cells.code, meta: { card: "number" } }),
    display({
      id: "buyer",
      header: name("buyer"),
      cell: cells.buyer,
      meta: { card: "line", width: "md:max-w-56" },
    }),
    display({
      id: "delivery",
      header: name("delivery"),
      cell: cells.delivery,
      meta: { card: "number" },
    }),
    display({
      id: "total",
      header: name("total"),
      cell: cells.total,
      meta: { card: "number", align: "right" },
    }),
    display({
      id: "state",
      header: name("state"),
      cell: cells.state,
      meta: { card: "line", width: "md:w-full md:min-w-48 md:max-w-0" },
    }),
  ]);
