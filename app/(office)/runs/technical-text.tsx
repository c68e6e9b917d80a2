import { useTranslations } from "next-intl";
import type { RunLine } from "@/lib/runs/history-model";

/** What a developer wants to know of a failure; folded away from everybody else. */
export function TechnicalText({ error }: { error: NonNullable<RunLine["error"]> }) {
  const t = useTranslations("runs.page");
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-soft hover:text-ink">{t("details")}</summary>
      <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 text-xs whitespace-pre-wrap break-words">
        {error.name}: {error.message}
      </pre>
    </details>
  );
}
