import { useTranslations } from "next-intl";
import { SelectRow } from "@/components/select-boxes";
import { TimeAgo } from "@/components/time-ago";
import { Badge, StatusDot } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { ChangeRecipient } from "./change-recipient";
import type { RecipientLine } from "./recipient-line";

type Cell = TableCell<RecipientLine>;

const tones = { active: "green", unsubscribed: "plain", bounced: "red" } as const;

const cells = {
  email: ({ row }: Cell) => {
    const { email, comment, isMine } = row.original;
    return (
      <div className="flex min-w-0 items-center gap-2.5">
        <SelectRow row={row} name={email} disabled={!isMine} />
        <div className="min-w-0">
          <p
            className="truncate font-medium max-md:whitespace-normal max-md:break-all"
            title={email}
          >
            {email}
          </p>
          {comment && (
            <p className="truncate text-ink-faint text-xs" title={comment}>
              {comment}
            </p>
          )}
        </div>
      </div>
    );
  },
  name: ({ row: { original } }: Cell) => (
    <span className="block truncate max-md:whitespace-normal" title={original.fullName}>
      {original.fullName}
    </span>
  ),
  tags: ({ row: { original } }: Cell) => (
    <span className="flex flex-wrap gap-1">
      {original.tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  ),
  state: ({ row: { original } }: Cell) => {
    const t = useTranslations("recipients.state");
    return <StatusDot tone={tones[original.state]}>{t(original.state)}</StatusDot>;
  },
  added: ({ row: { original } }: Cell) => <TimeAgo at={original.createdAt} />,
  change: ({ row: { original } }: Cell) => original.isMine && <ChangeRecipient line={original} />,
};

const { accessor, display, columns } = tableColumns<RecipientLine>();

/** The columns of the list in the order of the screen; those the server sorts by have an accessor. */
export const recipientColumns = (
  name: ReturnType<typeof useTranslations<"recipients.columns">>,
): TableColumns<RecipientLine> =>
  columns([
    accessor("email", {
      header: name("email"),
      cell: cells.email,
      meta: { card: "title", width: "md:w-80 md:min-w-56 md:max-w-80" },
    }),
    accessor("fullName", {
      id: "name",
      header: name("name"),
      cell: cells.name,
      meta: { card: "line", width: "md:w-56 md:min-w-36 md:max-w-56" },
    }),
    display({
      id: "tags",
      header: name("tags"),
      cell: cells.tags,
      meta: { card: "line", width: "md:w-full md:min-w-40" },
    }),
    display({ id: "state", header: name("state"), cell: cells.state, meta: { card: "line" } }),
    accessor("ownerName", {
      id: "owner",
      header: name("owner"),
      enableSorting: false,
      meta: { card: "line" },
    }),
    accessor("createdAt", {
      id: "added",
      header: name("added"),
      cell: cells.added,
      meta: { card: "line" },
    }),
    display({ id: "change", header: "", cell: cells.change, meta: { card: "corner" } }),
  ]);
