import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ProgressLine } from "@/components/progress-line";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Run } from "@/lib/runs/queries";

type Props = {
  hasStores: boolean;
  /** The newest sync of each store. */
  runs: Run[];
};

const LOOK_AGAIN_MS = { syncing: 2_000, idle: 7_000 };

/** Nothing to show yet: why, and the first step. Goods that come are shown without being asked for. */
export async function NoProducts({ hasStores, runs }: Props) {
  const t = await getTranslations("products.empty");
  const running = runs.find(({ status }) => status === "queued" || status === "running");
  if (running) {
    const { done, total, startedAt } = running;
    return (
      <div className="rounded-lg border bg-surface">
        <LiveRefresh everyMs={LOOK_AGAIN_MS.syncing} />
        <EmptyState title={t("syncing.title")}>
          <p>{t("syncing.text")}</p>
          <div className="mt-4 w-96 max-w-full text-left text-ink">
            <ProgressLine
              what={t("syncing.progress")}
              done={done}
              total={total}
              startedAt={startedAt}
            />
          </div>
        </EmptyState>
      </div>
    );
  }
  const failed = runs.some(({ status }) => status === "failed");
  const why = hasStores ? (failed ? "failed" : "noProducts") : "noStores";
  return (
    <div className="rounded-lg border bg-surface">
      {hasStores && <LiveRefresh everyMs={LOOK_AGAIN_MS.idle} />}
      <EmptyState
        title={t(`${why}.title`)}
        action={
          <ButtonLink href={hasStores ? "/stores" : "/stores?connect=1"} look="primary">
            {t(`${why}.act`)}
          </ButtonLink>
        }
      >
        {t(`${why}.text`)}
      </EmptyState>
    </div>
  );
}
