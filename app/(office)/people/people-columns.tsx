import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Badge, StatusDot } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { PersonActs } from "./person-acts";
import type { PersonLine } from "./person-line";

type Cell = TableCell<PersonLine>;

const cells = {
  name: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people");
    return (
      <div className="min-w-0 md:py-1.5">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={row.name}>
            {row.name}
          </span>
          {row.isSelf && <Badge>{t("you")}</Badge>}
        </p>
        <p className="truncate text-ink-soft text-sm">{row.email}</p>
      </div>
    );
  },
  role: ({ row: { original: row } }: Cell) => useTranslations("people.role")(row.role),
  groups: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people");
    if (row.role === "owner") return <span className="text-ink-soft">{t("allRights")}</span>;
    if (row.groupNames.length === 0) return <span className="text-ink-faint">{t("noGroups")}</span>;
    return row.groupNames.join(", ");
  },
  seen: ({ row: { original: row } }: Cell) => <TimeAgo at={row.lastLoginAt} />,
  twoFactor: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people.twoFactor");
    if (!row.hasTwoFactor) return <span className="text-ink-faint">{t("off")}</span>;
    return <StatusDot tone="green">{t("on")}</StatusDot>;
  },
  state: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people.state");
    if (!row.isActive) return <StatusDot tone="red">{t("blocked")}</StatusDot>;
    if (row.resetAskedAt) return <StatusDot tone="amber">{t("asked")}</StatusDot>;
    return <StatusDot tone="green">{t("active")}</StatusDot>;
  },
  acts: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("people");
    if (!row.isSelf) return <PersonActs person={row} />;
    return (
      <ButtonLink href="/settings" size="sm">
        {t("toSelf")}
      </ButtonLink>
    );
  },
};

const { accessor, display, columns } = tableColumns<PersonLine>();

/** The columns of the table of people. */
export const peopleColumns = (
  name: ReturnType<typeof useTranslations<"people.columns">>,
): TableColumns<PersonLine> =>
  columns([
    accessor("name", {
      header: name("name"),
      cell: cells.name,
      meta: { card: "title", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    accessor("role", { header: name("role"), cell: cells.role, meta: { card: "number" } }),
    display({
      id: "groups",
      header: name("groups"),
      cell: cells.groups,
      meta: { card: "number" },
    }),
    accessor("lastLoginAt", {
      id: "seen",
      header: name("seen"),
      cell: cells.seen,
      meta: { card: "number" },
    }),
    display({
      id: "twoFactor",
      header: name("twoFactor"),
      cell: cells.twoFactor,
      meta: { card: "number" },
    }),
    accessor("isActive", {
      id: "state",
      header: name("state"),
      cell: cells.state,
      meta: { card: "line" },
    }),
    display({ id: "acts", header: "", cell: cells.acts, meta: { card: "corner" } }),
  ]);
