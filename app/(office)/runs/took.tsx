import { useTranslations } from "next-intl";
import { spanOf } from "@/lib/i18n/spans";
import type { RunLine } from "@/lib/runs/history-model";

/** How long a run took, from its beginning to its end. */
export function Took({ run: { startedAt, finishedAt } }: { run: RunLine }) {
  const t = useTranslations("common");
  if (startedAt === null || finishedAt === null) return null;
  const span = spanOf(finishedAt.getTime() - startedAt.getTime());
  return t(`span.${span.unit}`, { count: span.count });
}
