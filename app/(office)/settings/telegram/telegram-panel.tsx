import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { TellingSettings } from "@/lib/telling/settings-model";
import { LinkTelegram } from "./link-telegram";
import { type LinkedAccount, LinkedTelegram } from "./linked-telegram";
import { RemindForm, TellingForm } from "./telling-form";

type Props = {
  /** The office has a bot. */
  hasBot: boolean;
  mayConnect: boolean;
  account: LinkedAccount | null;
  settings: TellingSettings;
};

/** Which Telegram account is the person's, and what they hear of there. */
export function TelegramPanel({ hasBot, mayConnect, account, settings }: Props) {
  const t = useTranslations("telling.panel");
  if (!hasBot)
    return (
      <Panel id="telegram" title={t("title")}>
        <p className="text-ink-soft">{t(mayConnect ? "noBotOwner" : "noBot")}</p>
        <RemindForm settings={settings} />
      </Panel>
    );
  return (
    <Panel id="telegram" title={t("title")}>
      {account ? (
        <LinkedTelegram key={account.linkedAt.toISOString()} account={account} />
      ) : (
        <>
          <p className="text-ink-soft">{t("lead")}</p>
          <LinkTelegram act={t("link")} />
        </>
      )}
      <TellingForm settings={settings} />
    </Panel>
  );
}
