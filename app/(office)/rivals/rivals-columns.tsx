import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Badge } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { ExcludeRival } from "./exclude-rival";
import type { RivalLine } from "./rival-line";

type Cell = TableCell<RivalLine>;

const cells = {
  name: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("rivals");
    return (
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span className="min-w-0 truncate font-medium" title={row.name}>
          {row.name}
        </span>
        {row.excluded !== "no" && <Badge>{t(`excluded.${row.excluded}`)}</Badge>}
      </div>
    );
  },
  cards: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("rivals");
    return (
      <Link
        href={row.href}
        prefetch={false}
        aria-label={t("toGoods", { name: row.name, shown: row.cards })}
        className="text-blue underline-offset-2 hover:underline"
      >
        {row.cards}
      </Link>
    );
  },
  cheaper: ({ row: { original: row } }: Cell) => (
    <span className="whitespace-nowrap">
      <span className={row.cheaper.tone === "red" ? "font-medium text-red" : "font-medium"}>
        {row.cheaper.shown}
      </span>
      <span className="text-ink-faint"> · {row.cheaper.share}</span>
    </span>
  ),
  gap: ({ row: { original: row } }: Cell) => (
    <span className="md:whitespace-nowrap">{row.gap}</span>
  ),
  seen: ({ row: { original: row } }: Cell) => <TimeAgo at={row.seenAt} />,
  exclude: ({ row: { original: row } }: Cell) => row.mayExclude && <ExcludeRival rival={row} />,
};

const { accessor, display, columns } = tableColumns<RivalLine>();

/** The columns of the table of rivals; all but the last are sorted by. */
export const rivalsColumns = (
  name: ReturnType<typeof useTranslations<"rivals.columns">>,
): TableColumns<RivalLine> =>
  columns([
    accessor("name", {
      header: name("name"),
      cell: cells.name,
      meta: { card: "title", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    accessor("cards", {
      header: name("cards"),
      cell: cells.cards,
      meta: { card: "number", align: "right" },
    }),
    accessor("cheaper", {
      header: name("cheaper"),
      cell: cells.cheaper,
      meta: { card: "number", align: "right" },
    }),
    accessor("gap", {
      header: name("gap"),
      cell: cells.gap,
      meta: { card: "number", align: "right" },
    }),
    accessor("seenAt", { id: "seen", header: name("seen"), cell: cells.seen }),
    display({ id: "exclude", header: "", cell: cells.exclude, meta: { card: "corner" } }),
  ]);
