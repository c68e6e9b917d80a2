import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { RunProgress } from "./run-progress";

type Props = {
  hasMail: boolean;
  /** For a second person to let it leave. */
  waits: boolean;
  /** The run that is under way. */
  run: RunRow | null;
};

/** What keeps letters from leaving, and how far they are. */
export function MailingNotices({ hasMail, waits, run }: Props) {
  const t = useTranslations("mailings");
  return (
    <>
      {!hasMail && <Notice tone="amber">{t("noServer")}</Notice>}
      {waits && <Notice tone="amber">{t("waitsForRelease")}</Notice>}
      {run && <RunProgress run={run} />}
    </>
  );
}
