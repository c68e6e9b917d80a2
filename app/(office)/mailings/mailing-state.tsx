import { useTranslations } from "next-intl";
import { StatusDot } from "@/components/ui/badge";
import type { MailingStatus } from "@/lib/mailings/status-model";

const tones = {
  created: "plain",
  running: "blue",
  paused: "amber",
  completed: "green",
  cancelled: "plain",
} as const;

type Props = { status: MailingStatus; isActive: boolean };

/** Where a mailing is; one that is switched off says so, whatever it was about to do. */
export function MailingState({ status, isActive }: Props) {
  const t = useTranslations("mailings.state");
  if (!isActive) return <StatusDot tone="red">{t("off")}</StatusDot>;
  return (
    <StatusDot tone={tones[status]} live={status === "running"}>
      {t(status)}
    </StatusDot>
  );
}
