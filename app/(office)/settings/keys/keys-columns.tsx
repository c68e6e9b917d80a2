import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Badge } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { KeyLine } from "./key-line";
import { RevokeKey } from "./revoke-key";

type Cell = TableCell<KeyLine>;

const cells = {
  name: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0 md:py-1.5">
      <p className="truncate font-medium" title={row.name}>
        {row.name}
      </p>
      <p className="truncate font-mono text-ink-soft text-sm">{row.hint}</p>
    </div>
  ),
  person: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people");
    return row.of ?? <span className="text-ink-faint">{t("you")}</span>;
  },
  scopes: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("keys.scope");
    return (
      <span className="flex flex-wrap gap-1">
        {row.scopes.map((scope) => (
          <Badge key={scope}>{t(scope)}</Badge>
        ))}
      </span>
    );
  },
  expires: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("keys");
    if (!row.end) return <span className="text-ink-soft">{t("noEnd")}</span>;
    const { isPast, date } = row.end;
    return (
      <span className={isPast ? "text-amber" : undefined}>
        {t(isPast ? "ended" : "ends", { date })}
      </span>
    );
  },
  used: ({ row: { original: row } }: Cell) => <TimeAgo at={row.lastUsedAt} />,
  acts: ({ row: { original: row } }: Cell) => <RevokeKey line={row} />,
};

const { accessor, display, columns } = tableColumns<KeyLine>();

/** The columns of the table of keys. */
export const keysColumns = (
  name: ReturnType<typeof useTranslations<"keys.columns">>,
): TableColumns<KeyLine> =>
  columns([
    display({
      id: "name",
      header: name("name"),
      cell: cells.name,
      meta: { card: "title", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    accessor("of", {
      id: "person",
      header: name("person"),
      cell: cells.person,
      meta: { card: "number" },
    }),
    display({
      id: "scopes",
      header: name("scopes"),
      cell: cells.scopes,
      meta: { card: "line" },
    }),
    display({
      id: "expires",
      header: name("expires"),
      cell: cells.expires,
      meta: { card: "number" },
    }),
    display({ id: "used", header: name("used"), cell: cells.used, meta: { card: "number" } }),
    display({ id: "acts", header: "", cell: cells.acts, meta: { card: "corner" } }),
  ]);
