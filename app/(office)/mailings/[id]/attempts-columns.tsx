import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { AttemptStatus } from "@/lib/mailings/status-model";

export type AttemptLine = {
  id: string;
  nth: number;
  email: string;
  fullName: string;
  status: AttemptStatus;
  reason: string | null;
  smtpCode: number | null;
  serverResponse: string | null;
  tries: number;
  nextAt: Date | null;
  at: Date | null;
};

type Cell = TableCell<AttemptLine>;

const tones = {
  waiting: "plain",
  sending: "blue",
  success: "green",
  failure: "red",
  unknown: "amber",
  skipped: "plain",
} as const;

const reasons = ["unsubscribed", "bounced", "late", "cancelled", "interrupted", "no_answer"] as const;

const cells = {
  who: ({ row: { original: row } }: Cell) => (
    <div className="min-w-0 md:py-1.5">
      <p className="truncate font-medium">{row.email}</p>
      {row.fullName && <p className="truncate text-ink-soft text-sm">{row.fullName}</p>}
    </div>
  ),
  state: function State({ row: { original: row } }: Cell) {
    const t = useTranslations("mailings.attempts.state");
    return <StatusDot tone={tones[row.status]}>{t(row.status)}</StatusDot>;
  },
  said: function Said({ row: { original: row } }: Cell) {
    const t = useTranslations("mailings.attempts.reason");
    const reason = reasons.find((one) => one === row.reason);
    return (
      <div className="min-w-0 md:py-1.5">
        {reason && <p>{t(reason)}</p>}
        {row.serverResponse && (
          <p className="truncate font-mono text-ink-soft text-sm" title={row.serverResponse}>
            {row.serverResponse}
          </p>
        )}
      </div>
    );
  },
  tries: ({ row: { original: row } }: Cell) => row.tries,
  at: ({ row: { original: row } }: Cell) =>
    row.at ? <TimeAgo at={row.at} /> : row.nextAt ? <TimeAgo at={row.nextAt} ahead /> : null,
};

const { display, columns } = tableColumns<AttemptLine>();

/** The columns of a run's attempts. */
export const attemptsColumns = (
  t: ReturnType<typeof useTranslations<"mailings.attempts">>,
): TableColumns<AttemptLine> =>
  columns([
    display({ id: "who", header: t("columns.who"), cell: cells.who, meta: { card: "title" } }),
    display({ id: "state", header: t("columns.state"), cell: cells.state, meta: { card: "number" } }),
    display({
      id: "said",
      header: t("columns.said"),
      cell: cells.said,
      meta: { card: "line", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    display({ id: "tries", header: t("columns.tries"), cell: cells.tries, meta: { card: "number" } }),
    display({ id: "at", header: t("columns.at"), cell: cells.at, meta: { card: "number" } }),
  ]);
