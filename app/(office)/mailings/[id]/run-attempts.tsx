import { getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { Notice } from "@/components/ui/notice";
import { mailingAccess } from "@/lib/mailings/access";
import { gotSince } from "@/lib/mailings/again-queries";
import { type AttemptListQuery, attemptsAddress } from "@/lib/mailings/list-model";
import { ATTEMPTS_PER_PAGE, attemptsOf, type RunRow } from "@/lib/mailings/runs/history-queries";
import { attemptLine } from "./attempt-line";
import { AttemptPages } from "./attempt-pages";
import { AttemptsFilters } from "./attempts-filters";
import { AttemptsTable } from "./attempts-table";

type Props = {
  mailingId: number;
  run: RunRow;
  query: AttemptListQuery;
  /** Whether whoever looks may send some of them again. */
  mayAgain: boolean;
  /** Too many files were taken just now. */
  isFileLate: boolean;
};

/** The letters of the run that is looked at, narrowed by the address. */
export async function RunAttempts({ mailingId, run, query, mayAgain, isFileLate }: Props) {
  const t = await getTranslations();
  const { db } = mailingAccess();
  const { id, number } = run;
  const { rows, hasMore } = await attemptsOf(db, id, query, ATTEMPTS_PER_PAGE);
  const known = rows.flatMap(({ recipientId }) => recipientId ?? []);
  const got = mayAgain ? await gotSince(db, { id, mailingId, number }, known) : null;
  const next = hasMore ? `${rows.at(-1)?.nth}` : null;
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold text-lg">{t("mailings.attempts.of", { number })}</h2>
        <DownloadMenu
          path={`/mailings/${mailingId}/export`}
          query={attemptsAddress({ ...query, run: number })}
        />
      </div>
      {isFileLate && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      <AttemptsFilters />
      <AttemptsTable
        lines={rows.map((row) => attemptLine(row, got))}
        withAgain={mayAgain}
        footer={(next !== null || query.after !== undefined) && <AttemptPages next={next} />}
      />
    </section>
  );
}
