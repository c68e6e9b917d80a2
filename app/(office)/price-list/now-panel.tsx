import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { LiveProgressLine } from "@/components/run-progress-line";
import { TimeAgo } from "@/components/time-ago";
import { buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { kaspiAccess } from "@/lib/exits/access";
import { whyNotReady } from "@/lib/price-list/readiness-queries";
import { newestVersion, versionContent } from "@/lib/price-list/version-queries";
import { toProgress } from "@/lib/runs/model";
import { followedRuns } from "@/lib/runs/queries";
import { FindingsTable } from "./findings-table";
import { MakeList } from "./make-list";
import type { OfStore } from "./of-store";
import { UploadButton } from "./upload-button";

/** What the list says now, whether it may leave, and the file itself. */
export async function NowPanel({ caller, store, mayWrite }: OfStore) {
  const { db, clock } = kaspiAccess();
  const [t, tWhy, version, why, runs] = await Promise.all([
    getTranslations("priceList.now"),
    getTranslations("priceList.notReady"),
    newestVersion(db, store.id),
    whyNotReady(db, store.id, clock()),
    followedRuns(db, caller, "under way"),
  ]);
  const ours = runs.find(
    ({ kind, storeId }) => storeId === store.id && (kind === "upload" || kind === "rollback"),
  );
  const findings = version ? (await versionContent(db, version.id)).findings : [];
  const mayLeave = why === null && version?.errors === 0;
  return (
    <Panel
      title={t("title")}
      aside={mayWrite && <MakeList storeId={store.id} isFirst={version === null} />}
    >
      {ours && <LiveProgressLine run={toProgress(ours)} />}
      {why && (
        <Notice
          tone="amber"
          action={
            <a href={`/stores/${store.id}`} className={buttonLook({ size: "sm" })}>
              {t("sync")}
            </a>
          }
        >
          {t("notNow", { why: tWhy(why) })}
        </Notice>
      )}
      {version ? (
        <>
          <p>
            <span className="font-medium">{t("version", { number: version.number })}</span>,{" "}
            {t("offers", { count: version.offers })}, {t("made")} <TimeAgo at={version.madeAt} />
          </p>
          {version.errors > 0 ? (
            <Notice tone="red">{t("errors", { count: version.errors })}</Notice>
          ) : (
            <Notice tone="green">{t("whole")}</Notice>
          )}
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-ink-soft text-sm">{t("download")}</span>
            {(["xml", "xlsx"] as const).map((format) => (
              <a
                key={format}
                href={`/price-list/versions/${version.id}/file?format=${format}`}
                className={buttonLook({ size: "sm" })}
              >
                {t(format)}
              </a>
            ))}
            {mayWrite && mayLeave && (
              <UploadButton storeId={store.id} count={version.offers} isBusy={ours !== undefined} />
            )}
          </div>
          <FindingsTable findings={findings} counted={version.errors + version.warnings} />
        </>
      ) : (
        <p className="text-ink-soft">{t("none")}</p>
      )}
    </Panel>
  );
}
