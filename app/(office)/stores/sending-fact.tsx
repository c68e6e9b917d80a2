"use client";

import { useTranslations } from "next-intl";
import { ResumeSending } from "@/components/shell/resume-sending";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { useClock } from "@/components/ui/clock";
import { useCounted } from "@/components/use-counted";
import { stopStoreSending } from "./actions";
import type { StoreCardData } from "./card-data";
import { Fact } from "./fact";
import { sendingState, sendingTones } from "./sending-state";

type Props = { store: StoreCardData["store"]; mayChange: boolean; isOfficeStopped: boolean };

/** Whether prices go to Kaspi; when not, since when, by whom, and the way back. */
export function SendingFact({ store, mayChange, isOfficeStopped }: Props) {
  const t = useTranslations("stores.sending");
  const state = sendingState(store, isOfficeStopped, useClock());
  const counted = useCounted();
  const since = state === "stopped" ? store.sendingStoppedAt : store.writesBlockedUntil;
  return (
    <Fact
      label={t("label")}
      more={t.rich(`more.${state}`, {
        who: store.sendingStoppedBy ?? t("somebody"),
        ...counted(store.botsCount),
        when: () => <TimeAgo at={since} />,
      })}
      action={
        mayChange &&
        state === "stopped" && (
          <ResumeSending
            store={store.name}
            resume={() => stopStoreSending({ storeId: store.id, stopped: false })}
          />
        )
      }
    >
      <StatusDot tone={sendingTones[state]}>{t(`state.${state}`)}</StatusDot>
    </Fact>
  );
}
