import type { StoredError } from "@/lib/db/schema/jobs";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { failureKeys } from "./failure-model";
import type { RunProgress } from "./model";

type Key = Parameters<Translator>[0];

/** A job as people call it; one nobody has named yet, by its id. */
export function jobName(t: Translator, job: string): string {
  const key = `runs.job.${job}` as Key;
  return t.has(key) ? t(key) : `${t("runs.job.other")} ${job}`;
}

/** What cancelling a run of this job comes to. */
export function cancelText(t: Translator, job: string): string {
  const key = `runs.act.cancelText.${job}` as Key;
  return t(t.has(key) ? key : "runs.act.cancelText.other");
}

/** Why a run failed, in a sentence. The technical text is a detail. */
export function failureText(t: Translator, error: StoredError): string {
  const keys = failureKeys(error).map((name) => `runs.why.${name}` as Key);
  return t(keys.find((key) => t.has(key)) ?? "runs.why.unknown");
}

/** `pages-12` is the twelfth of the steps called "pages". */
export function stepName(t: Translator, name: string): string {
  const [, word = "", number] = /^(.*?)(?:-(\d+))?$/.exec(name) ?? [];
  const key = `runs.step.${word}` as Key;
  const said = t.has(key) ? t(key) : t("runs.step.other", { name: word });
  return number === undefined ? said : `${said}, ${number}`;
}

/** What a sync has come to. */
export function syncedText(t: Translator, locale: Locale, counts: RunProgress["counts"]): string {
  const { products = 0, created = 0, gone = 0, unreadable = 0 } = counts;
  const shown = (count: number) => ({ shown: formatNumber(count, locale) });
  return [
    t("stores.page.runs.products", shown(products)),
    ...(created > 0 ? [t("runs.sync.created", shown(created))] : []),
    ...(gone > 0 ? [t("runs.sync.gone", shown(gone))] : []),
    ...(unreadable > 0 ? [t("stores.page.runs.unreadable", shown(unreadable))] : []),
  ].join(", ");
}

/** What long work is doing right now. */
export function doingText(t: Translator, run: RunProgress): string {
  if (run.kind !== "sync") return t(`runs.doing.${run.kind}`);
  if (run.status === "queued") return t("runs.sync.queued");
  if (run.total === null) return t("runs.sync.asking");
  return t(run.done < run.total ? "runs.sync.reading" : "runs.sync.finishing");
}
