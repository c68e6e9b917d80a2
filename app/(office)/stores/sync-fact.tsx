"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { useClock } from "@/components/ui/clock";
import { useCounted } from "@/components/use-counted";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";
import type { StoreCardData } from "./card-data";
import { Fact } from "./fact";

type Props = { store: StoreCardData["store"]; run: RunProgress | null };

/** When the products were read, what was new then, and when they will be read again. */
export function SyncFact({ store, run }: Props) {
  const t = useTranslations("stores.sync");
  const now = useClock();
  const next = () => {
    if (run !== null && isUnderWay(run)) return t("now");
    if (!store.isActive) return t("nextAfterPause");
    if (store.session === "needs_reauth") return t("nextAfterLogin");
    if (store.nextSyncAt === null || store.nextSyncAt.getTime() <= now) return t("nextSoon");
    return t.rich("next", { when: () => <TimeAgo at={store.nextSyncAt} /> });
  };
  return (
    <Fact
      label={t("label")}
      more={
        <>
          {run?.status === "finished" && (
            <>
              <LastChanges counts={run.counts} />
              <br />
            </>
          )}
          {next()}
        </>
      }
    >
      {store.lastSyncAt === null ? t("never") : <TimeAgo at={store.lastSyncAt} />}
    </Fact>
  );
}

function LastChanges({ counts }: { counts: RunProgress["counts"] }) {
  const t = useTranslations("runs.sync");
  const counted = useCounted();
  const { created = 0, gone = 0 } = counts;
  const changes = [
    created > 0 && t("created", counted(created)),
    gone > 0 && t("gone", counted(gone)),
  ].filter(Boolean);
  return changes.length > 0 ? changes.join(", ") : t("same");
}
