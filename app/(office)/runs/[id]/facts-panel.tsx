import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Dotted } from "@/components/ui/dotted";
import type { RunLine } from "@/lib/runs/history-model";
import { RunAbout } from "../run-about";
import { Took } from "../took";

/** When, how long, by whom, for which store, and the way to what it was about. */
export function FactsPanel({ run }: { run: RunLine }) {
  const t = useTranslations("runs.page");
  const { about, attempt, startedAt, finishedAt } = run;
  return (
    <Panel title={t("facts")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        <Fact label={t("queued")}>
          <TimeAgo at={run.queuedAt} />
        </Fact>
        {startedAt && (
          <Fact label={t("started")}>
            <TimeAgo at={startedAt} />
          </Fact>
        )}
        {finishedAt && (
          <Fact label={t("finished")}>
            <TimeAgo at={finishedAt} />
          </Fact>
        )}
        {startedAt && finishedAt && (
          <Fact label={t("took")}>
            <Took run={run} />
          </Fact>
        )}
        <Fact label={t("who")}>{run.who ?? t("nobody")}</Fact>
        {about && (
          <Fact label={t(about.kind === "store" ? "about" : "login")}>
            <RunAbout about={about} />
          </Fact>
        )}
        {attempt > 0 && <Fact label={t("attempt")}>{attempt + 1}</Fact>}
      </dl>
      <Links run={run} />
    </Panel>
  );
}

/** The ways to what it was about. */
function Links({ run: { about, progress, retryOf } }: { run: RunLine }) {
  const t = useTranslations("runs.page");
  const ways = [
    about?.kind === "store" && <Link href={`/products?store=${about.id}`}>{t("products")}</Link>,
    progress?.kind === "bulk" && <Link href="/products">{t("bulk")}</Link>,
    retryOf && (
      <span className="text-ink-soft">
        {t.rich("retryOf", {
          run: (words) => (
            <Link href={`/runs/${retryOf}`} className="text-blue">
              {words}
            </Link>
          ),
        })}
      </span>
    ),
  ].filter(Boolean);
  if (ways.length === 0) return null;
  return (
    <p className="text-blue text-sm [&_a:hover]:underline">
      <Dotted facts={ways} />
    </p>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
