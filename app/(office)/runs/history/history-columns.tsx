import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import type { ColumnLook, TableColumn } from "@/components/ui/table-columns";
import type { RunLine } from "@/lib/runs/history-model";
import { failureText, jobName } from "@/lib/runs/words";
import { RunAbout } from "../run-about";
import { RunState } from "../run-state";
import { Took } from "../took";

type Cell = { row: RunLine };

const cells = {
  job: ({ row }: Cell) => {
    const t = useTranslations();
    return (
      <Link href={`/runs/${row.id}`} className="font-medium underline-offset-2 hover:underline">
        {jobName(t, row.job)}
      </Link>
    );
  },
  state: ({ row }: Cell) => <RunState run={row} />,
  about: ({ row }: Cell) => <RunAbout about={row.about} />,
  who: ({ row }: Cell) => {
    const t = useTranslations("runs.by");
    const who = row.who ?? t("nobody");
    return row.retryOf ? `${t("retry")}, ${who}` : who;
  },
  queued: ({ row }: Cell) => <TimeAgo at={row.queuedAt} />,
  took: ({ row }: Cell) => <Took run={row} />,
  why: ({ row }: Cell) => {
    const t = useTranslations();
    if (row.error === null || row.state === "completed") return null;
    const why = failureText(t, row.error);
    return (
      <p title={why} className="md:truncate">
        {why}
      </p>
    );
  },
};

const looks = {
  job: { card: "title", width: "md:whitespace-nowrap" },
  state: { card: "corner" },
  about: { card: "number", width: "md:max-w-56 md:truncate" },
  who: { card: "number", width: "md:whitespace-nowrap" },
  queued: { card: "number" },
  took: { align: "right" },
  why: { card: "line", width: "md:w-full md:min-w-48 md:max-w-0" },
} as const satisfies Record<keyof typeof cells, ColumnLook>;

const order = Object.keys(cells) as (keyof typeof cells)[];

/** The columns of the history; their order is the order on the screen. */
export function historyColumns(
  t: ReturnType<typeof useTranslations<"runs.history.columns">>,
): TableColumn<RunLine>[] {
  return order.map((id) => ({ id, header: t(id), Cell: cells[id], look: looks[id] }));
}
