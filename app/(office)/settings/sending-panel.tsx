"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { ResumeSending } from "@/components/shell/resume-sending";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { stopAllSending } from "../actions";
import { StopEverything } from "../stores/stop-everything";

type Props = { stop: { at: Date; by: string | null } | null; stores: number; bots: number };

/** The kill switch of the whole office: who pulled it and when. */
export function SendingPanel({ stop, stores, bots }: Props) {
  const t = useTranslations("settings.sending");
  return (
    <Panel title={t("title")}>
      <div className="flex items-start justify-between gap-x-4 gap-y-2 max-sm:flex-col">
        <StatusDot tone={stop ? "red" : "green"}>
          <span className="whitespace-normal">
            {stop
              ? t.rich("stopped", {
                  who: stop.by ?? t("somebody"),
                  when: () => <TimeAgo at={stop.at} />,
                })
              : t("on")}
          </span>
        </StatusDot>
        {stop ? (
          <ResumeSending resume={() => stopAllSending({ stopped: false })} />
        ) : (
          <StopEverything stores={stores} bots={bots} />
        )}
      </div>
      <p className="text-ink-soft text-sm">{t("meaning")}</p>
    </Panel>
  );
}
