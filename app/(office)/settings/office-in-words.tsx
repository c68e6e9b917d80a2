import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { formatNumber } from "@/lib/i18n/money";
import type { Workspace } from "@/lib/workspace/queries";

type Props = { workspace: Workspace; stop: { at: Date; by: string | null } | null };

/** What the office is set to, for those who do not change it. */
export function OfficeInWords({ workspace, stop }: Props) {
  const t = useTranslations("settings.words");
  const tOwn = useTranslations("ownStores");
  const locale = useLocale();
  const shown = (value: number) => formatNumber(value, locale);
  return (
    <Panel title={t("title")}>
      <p className="text-ink-soft">{t("readOnly")}</p>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t("zone", { zone: workspace.timeZone })}</li>
        <li>
          {t("schedule", {
            sync: shown(workspace.syncEveryMinutes),
            session: shown(workspace.sessionCheckEveryMinutes),
          })}
        </li>
        <li>
          {t("pace", {
            pace: shown(workspace.writesPerSecond),
            limit: shown(workspace.writesPerWindow),
            minutes: shown(workspace.writeWindowMinutes),
          })}
        </li>
        <li>{t("reviews", { count: workspace.salesPerReview })}</li>
        <li>
          {t("mail", {
            minute: shown(workspace.lettersPerMinute),
            hour: shown(workspace.lettersPerHour),
          })}
        </li>
        {workspace.mailingsWantApproval && <li>{t("mailApproval")}</li>}
        <li>{tOwn("words", { leadBy: workspace.leadBy, followers: workspace.followers })}</li>
        <li>{t(stop ? "stopped" : "sending")}</li>
      </ul>
    </Panel>
  );
}
