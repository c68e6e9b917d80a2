"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Panel } from "@/components/panel";
import { StatusDot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { StepLine } from "@/lib/stores/diagnose/model";
import { checkConnection } from "./actions";

const tones = { ok: "green", failed: "red", skipped: "plain" } as const;

/** Walks the whole way to Kaspi when asked to, and shows each step with what came of it. */
export function DiagnosePanel({ storeId }: { storeId: string }) {
  const t = useTranslations("diagnose");
  const tErrors = useTranslations("errors");
  const [lines, setLines] = useState<StepLine[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      const outcome = await checkConnection({ storeId }).catch(() => null);
      setFailure(outcome?.ok ? null : (outcome?.failure.text ?? tErrors("no_connection")));
      if (outcome?.ok) setLines(outcome.value);
    });
  const isFine = lines?.every(({ kind }) => kind !== "failed");
  return (
    <Panel
      title={t("title")}
      aside={
        <Button size="sm" pending={pending} onClick={press}>
          {pending ? t("running") : t("act")}
        </Button>
      }
    >
      <p className="text-ink-soft">{t("lead")}</p>
      {failure && <Notice tone="red">{failure}</Notice>}
      <div aria-live="polite" className="flex flex-col gap-2">
        {lines && (
          <>
            <p className="font-medium">{t(isFine ? "fine" : "broken")}</p>
            <ol className="flex flex-col">
              {lines.map((line) => (
                <Step key={line.step} line={line} />
              ))}
            </ol>
          </>
        )}
      </div>
    </Panel>
  );
}

function Step({ line: { step, kind, ms, text } }: { line: StepLine }) {
  const t = useTranslations("diagnose");
  const locale = useLocale();
  return (
    <li className="border-t py-2 last:pb-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <StatusDot tone={tones[kind]}>
          <span className="font-medium">{t(`step.${step}`)}</span>
          <span className="text-ink-soft">{t(`${kind}Word`)}</span>
        </StatusDot>
        {ms !== null && (
          <span className="text-ink-soft text-sm tabular-nums">
            {t("took", { ms: formatNumber(ms, locale) })}
          </span>
        )}
      </p>
      <p className="text-ink-soft text-sm">{text}</p>
    </li>
  );
}
