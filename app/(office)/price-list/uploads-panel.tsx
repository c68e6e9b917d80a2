import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Badge } from "@/components/ui/badge";
import { kaspiAccess } from "@/lib/exits/access";
import { latestUploads, type ShownUpload } from "@/lib/price-list/upload-queries";
import type { OfStore } from "./of-store";

const tones = {
  waiting: "amber",
  making: "blue",
  sending: "blue",
  processing: "blue",
  done: "green",
  failed: "red",
} as const;

type Row = { sku: string; said: Record<string, unknown> | null };
const MOST_NAMED = 10;

/** The files that went to the cabinet, and what became of them and of their rows. */
export async function UploadsPanel({ caller, store }: OfStore) {
  const [t, uploads] = await Promise.all([
    getTranslations("priceList.upload"),
    latestUploads(kaspiAccess().db, caller, store.id),
  ]);
  return (
    <Panel title={t("panel")}>
      {uploads.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y">
          {uploads.map((line) => (
            <UploadLine key={line.upload.id} line={line} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

async function UploadLine({ line: { upload, run, number } }: { line: ShownUpload }) {
  const [t, tNow, tErrors] = await Promise.all([
    getTranslations("priceList.upload"),
    getTranslations("priceList.now"),
    getTranslations("errors"),
  ]);
  const rows = (upload.rows ?? []) as Row[];
  const named = (some: Row[]) =>
    some
      .slice(0, MOST_NAMED)
      .map(({ sku }) => sku)
      .join(", ");
  const missing = rows.filter(({ said }) => said === null);
  const said = rows.filter((row) => row.said !== null);
  const failure = run.errorKey as "unknown" | null;
  return (
    <li className="flex flex-col gap-1 py-2.5 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tones[upload.state]}>{t(`state.${upload.state}`)}</Badge>
        {number !== null && <span>{tNow("version", { number })}</span>}
        <span className="text-ink-soft text-sm">
          <TimeAgo at={upload.createdAt} />
        </span>
        {upload.kaspiStatus && (
          <span className="text-ink-soft text-sm">
            {t("kaspi", { status: upload.kaspiStatus.slice(0, 40) })}
          </span>
        )}
      </p>
      {upload.state === "waiting" && upload.blockedSince && (
        <p className="text-ink-soft text-sm">{t("blocked")}</p>
      )}
      {failure && (
        <p className="text-red text-sm">
          {tErrors.has(failure)
            ? tErrors(failure, { status: upload.kaspiStatus ?? "" })
            : tErrors("unknown")}
        </p>
      )}
      {upload.rowsKnown !== null && (
        <p className="text-ink-soft text-sm">
          {t("known", { known: upload.rowsKnown, all: run.counts.asked ?? upload.rowsKnown })}
        </p>
      )}
      {missing.length > 0 && (
        <p className="text-sm">
          {t("missing", { count: upload.rowsMissing ?? missing.length, list: named(missing) })}
        </p>
      )}
      {said.length > 0 && (
        <p className="text-sm [overflow-wrap:anywhere]">
          {t("said", {
            list: said
              .slice(0, MOST_NAMED)
              .map((row) => `${row.sku} ${JSON.stringify(row.said).slice(0, 120)}`)
              .join("; "),
          })}
        </p>
      )}
    </li>
  );
}
