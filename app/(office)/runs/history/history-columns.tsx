import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { RunLine } from "@/lib/runs/history-model";
import { failureText, jobName } from "@/lib/runs/words";
import { RunAbout } from "../run-about";
import { RunState } from "../run-state";
import { Took } from "../took";

type Cell = TableCell<RunLine>;

const cells = {
  job: ({ row: { original: row } }: Cell) => {
    const t = useTranslations();
    return (
      <Link href={`/runs/${row.id}`} className="font-medium underline-offset-2 hover:underline">
        {jobName(t, row.job)}
      </Link>
    );
  },
  state: ({ row: { original: row } }: Cell) => <RunState run={row} />,
  about: ({ row: { original: row } }: Cell) =>
    row.about ? <RunAbout about={row.about} /> : <span className="text-ink-faint">—</span>,
  who: ({ row: { original: row } }: Cell) => {
    const t = useTranslations("runs.by");
    const who = row.who ?? t("nobody");
    return row.retryOf ? `${t("retry")}, ${who}` : who;
  },
  queued: ({ row: { original: row } }: Cell) => <TimeAgo at={row.queuedAt} />,
  took: ({ row: { original: row } }: Cell) => <Took run={row} />,
  why: ({ row: { original: row } }: Cell) => {
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

const { display, columns } = tableColumns<RunLine>();

/** The columns of the history in the order of the screen. */
export const historyColumns = (
  name: ReturnType<typeof useTranslations<"runs.history.columns">>,
): TableColumns<RunLine> =>
  columns([
    display({
      id: "job",
      header: name("job"),
      cell: cells.job,
      meta: { card: "title", width: "md:whitespace-nowrap" },
    }),
    display({ id: "state", header: name("state"), cell: cells.state, meta: { card: "corner" } }),
    display({
      id: "about",
      header: name("about"),
      cell: cells.about,
      meta: { card: "number", width: "md:max-w-56 md:truncate" },
    }),
    display({
      id: "who",
      header: name("who"),
      cell: cells.who,
      meta: { card: "number", width: "md:whitespace-nowrap" },
    }),
    display({ id: "queued", header: name("queued"), cell: cells.queued, meta: { card: "number" } }),
    display({
      id: "took",
      header: name("took"),
      cell: cells.took,
      meta: { align: "right", width: "md:whitespace-nowrap" },
    }),
    display({
      id: "why",
      header: name("why"),
      cell: cells.why,
      meta: { card: "line", width: "md:w-full md:min-w-48 md:max-w-0" },
    }),
  ]);
