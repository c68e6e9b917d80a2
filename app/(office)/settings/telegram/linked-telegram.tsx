"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { muteTelegram, unlinkTelegram } from "./actions";
import { LinkTelegram } from "./link-telegram";

export type LinkedAccount = {
  name: string;
  linkedAt: Date;
  isMuted: boolean;
  /** Telegram says that they have blocked the bot. */
  isBlocked: boolean;
};

export function LinkedTelegram({ account }: { account: LinkedAccount }) {
  const t = useTranslations("telling.panel");
  const { name, linkedAt, isMuted, isBlocked } = account;
  return (
    <>
      <p>
        {t.rich("linked", {
          name,
          account: (words) => <span className="font-medium">{words}</span>,
          when: () => <TimeAgo at={linkedAt} />,
        })}
      </p>
      {isBlocked && <Notice tone="amber">{t("blocked")}</Notice>}
      <div className="flex items-center justify-between gap-4">
        <span>{t("notices")}</span>
        <Switch on={!isMuted} label={t("notices")} save={(on) => muteTelegram({ muted: !on })} />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <LinkTelegram act={t("linkAnother")} />
        <Confirm
          trigger={<Button>{t("unlink")}</Button>}
          title={t("unlinkTitle")}
          act={t("unlink")}
          danger
          onAct={() => unlinkTelegram({})}
        >
          {t("unlinkText")}
        </Confirm>
      </div>
    </>
  );
}
