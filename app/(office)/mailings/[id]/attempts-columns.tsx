import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import { attemptReasons } from "@/lib/mailings/status-model";
import type { AttemptLine } from "./attempt-line";
import { SendOneAgain } from "./send-one-again";

type Cell = TableCell<AttemptLine>;

const tones = {
  waiting: "plain",
  sending: "blue",
  success: "green",
  failure: "red",
  unknown: "amber",
  skipped: "plain",
} as const;

const cells = {
  who: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0 md:py-1.5">
      <p
        className="truncate font-medium max-md:whitespace-normal max-md:break-all"
        title={row.email}
      >
        {row.email}
      </p>
      {row.fullName && <p className="truncate text-ink-faint text-xs">{row.fullName}</p>}
    </div>
  ),
  state: function State({ row: { original: row } }: Cell) {
    const t = useTranslations("mailings.attempts.state");
    return <StatusDot tone={tones[row.status]}>{t(row.status)}</StatusDot>;
  },
  said: function Said({ row: { original: row } }: Cell) {
    const t = useTranslations("mailings.attempts.reason");
    const reason = attemptReasons.find((one) => one === row.reason);
    const said = row.serverResponse ?? (row.smtpCode === null ? null : `${row.smtpCode}`);
    return (
      <div className="min-w-0 md:py-1.5">
        {reason && <p>{t(reason)}</p>}
        {said && (
          <p
            className="truncate font-mono text-ink-soft text-xs max-md:whitespace-normal max-md:break-words"
            title={said}
          >
            {said}
          </p>
        )}
      </div>
    );
  },
  tries: ({ row: { original: row } }: Cell) => (row.tries > 0 ? row.tries : null),
  at: ({ row: { original: row } }: Cell) =>
    row.at ? <TimeAgo at={row.at} /> : row.nextAt ? <TimeAgo at={row.nextAt} ahead /> : null,
  again: ({ row: { original: row } }: Cell) =>
    row.again && <SendOneAgain line={row} of={row.again} />,
};

const { display, columns } = tableColumns<AttemptLine>();

/** The columns of a run's attempts. */
export const attemptsColumns = (
  name: ReturnType<typeof useTranslations<"mailings.attempts.columns">>,
): TableColumns<AttemptLine> =>
  columns([
    display({
      id: "who",
      header: name("who"),
      cell: cells.who,
      meta: { card: "title", width: "md:w-80 md:min-w-56 md:max-w-80" },
    }),
    display({ id: "state", header: name("state"), cell: cells.state, meta: { card: "number" } }),
    display({
      id: "said",
      header: name("said"),
      cell: cells.said,
      meta: { card: "line", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    display({
      id: "tries",
      header: name("tries"),
      cell: cells.tries,
      meta: { card: "number", align: "right" },
    }),
    display({ id: "at", header: name("at"), cell: cells.at, meta: { card: "number" } }),
    display({ id: "again", header: "", cell: cells.again, meta: { card: "corner" } }),
  ]);
