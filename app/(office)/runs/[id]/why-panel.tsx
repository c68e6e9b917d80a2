import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { RunLine } from "@/lib/runs/history-model";
import { failureText } from "@/lib/runs/words";
import { TechnicalText } from "../technical-text";

type Props = { error: NonNullable<RunLine["error"]>; isOver: boolean };

/** Why it failed, or why it has to try again. */
export function WhyPanel({ error, isOver }: Props) {
  const t = useTranslations();
  return (
    <Notice tone={isOver ? "red" : "amber"} title={t("runs.page.why")}>
      <p className="text-ink">{failureText(t, error)}</p>
      <TechnicalText error={error} />
    </Notice>
  );
}
