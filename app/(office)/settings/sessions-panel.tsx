"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { endOwnSessions } from "./actions";

/** Ends every login of the person, this browser's too. */
export function SessionsPanel() {
  const t = useTranslations("settings.sessions");
  const leave = async () => {
    const outcome = await endOwnSessions({});
    if (outcome.ok) window.location.assign("/login");
    return outcome;
  };
  return (
    <Panel title={t("title")}>
      <p className="text-ink-soft">{t("text")}</p>
      <div className="flex justify-end">
        <Confirm
          trigger={<Button>{t("act")}</Button>}
          title={t("askTitle")}
          act={t("act")}
          onAct={leave}
        >
          {t("askText")}
        </Confirm>
      </div>
    </Panel>
  );
}
