import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { DeliveryLine } from "@/lib/webhooks/event-model";
import { EventCode, useEventName } from "../event-name";
import { useOutcomeText } from "../outcome-text";
import { SendAgain } from "./send-again";

type Cell = TableCell<DeliveryLine>;

const tones = { waiting: "amber", delivered: "green", failed: "red", dropped: "plain" } as const;

const cells = {
  event: function Event({ row: { original: row } }: Cell) {
    const nameOf = useEventName();
    return (
      <div className="min-w-0 md:py-1.5">
        <p className="font-medium md:whitespace-nowrap">{nameOf(row.event)}</p>
        <EventCode event={row.event} />
      </div>
    );
  },
  at: ({ row: { original: row } }: Cell) => <TimeAgo at={row.createdAt} />,
  state: function State({ row: { original: row } }: Cell) {
    const t = useTranslations("webhooks.log.state");
    return <StatusDot tone={tones[row.state]}>{t(row.state)}</StatusDot>;
  },
  attempts: ({ row: { original: row } }: Cell) => row.attempts,
  next: ({ row: { original: row } }: Cell) =>
    row.nextAt ? <TimeAgo at={row.nextAt} ahead /> : <span className="text-ink-faint">—</span>,
  outcome: function Outcome({ row: { original: row } }: Cell) {
    const textOf = useOutcomeText();
    if (row.status === null && row.trouble === null) return null;
    return (
      <div className="min-w-0 md:py-1.5">
        <p>{textOf(row)}</p>
        {row.excerpt && (
          <p className="truncate font-mono text-ink-soft text-sm" title={row.excerpt}>
            {row.excerpt}
          </p>
        )}
      </div>
    );
  },
  acts: ({ row: { original: row } }: Cell) =>
    row.event === "ping" ? null : <SendAgain line={row} />,
};

const { accessor, display, columns } = tableColumns<DeliveryLine>();

/** The columns of a webhook's log. */
export const deliveriesColumns = (
  name: ReturnType<typeof useTranslations<"webhooks.log.columns">>,
): TableColumns<DeliveryLine> =>
  columns([
    display({ id: "event", header: name("event"), cell: cells.event, meta: { card: "title" } }),
    display({ id: "at", header: name("at"), cell: cells.at, meta: { card: "number" } }),
    display({ id: "state", header: name("state"), cell: cells.state, meta: { card: "number" } }),
    accessor("attempts", {
      id: "attempts",
      header: name("attempts"),
      cell: cells.attempts,
      meta: { card: "number" },
    }),
    display({ id: "next", header: name("next"), cell: cells.next, meta: { card: "number" } }),
    display({
      id: "outcome",
      header: name("outcome"),
      cell: cells.outcome,
      meta: { card: "line", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    display({ id: "acts", header: "", cell: cells.acts, meta: { card: "line" } }),
  ]);
