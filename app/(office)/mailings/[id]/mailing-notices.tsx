import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { RunProgress } from "./run-progress";

type Props = {
  hasMail: boolean;
  /** For a second person to let it leave. */
  waits: boolean;
  /** Whoever looks may write it and not send it, and nobody else can. */
  lacksRight: boolean;
  /** The run that is under way. */
  run: RunRow | null;
};

/** What keeps letters from leaving, and how far they are. */
export function MailingNotices({ hasMail, waits, lacksRight, run }: Props) {
  const t = useTranslations("mailings");
  return (
    <>
      {!hasMail && <Notice tone="amber">{t("noServer")}</Notice>}
      {lacksRight && <Notice tone="amber">{t("noRightToSend")}</Notice>}
      {waits && <Notice tone="amber">{t("waitsForRelease")}</Notice>}
      {run && <RunProgress run={run} />}
    </>
  );
}
