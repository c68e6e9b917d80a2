"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { ResumeSending } from "@/components/shell/resume-sending";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useCounted } from "@/components/use-counted";
import { stopStoreSending } from "../actions";
import type { StoreCardData } from "../card-data";
import { StopStore } from "../store-buttons";
import { pauseStore } from "./actions";

type Props = { store: StoreCardData["store"]; mayChange: boolean };

/** Two ways to hold a store back, and what each of them means. */
export function PausePanel({ store, mayChange }: Props) {
  const t = useTranslations("stores.page.pause");
  const stopped = store.sendingStoppedAt !== null;
  return (
    <Panel id="hold" title={t("title")}>
      <Way text={t("pauseMeans")}>{mayChange && <Pause store={store} />}</Way>
      <Way text={t("stopMeans")}>
        {mayChange && !stopped && <StopStore store={store} />}
        {mayChange && stopped && (
          <ResumeSending
            store={store.name}
            resume={() => stopStoreSending({ storeId: store.id, stopped: false })}
          />
        )}
      </Way>
      {!mayChange && <p className="text-ink-soft text-sm">{t("readOnly")}</p>}
    </Panel>
  );
}

function Way({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="flex items-start justify-between gap-x-4 gap-y-2 max-sm:flex-col">
      <p className="text-ink-soft">{text}</p>
      {children}
    </div>
  );
}

function Pause({ store }: { store: StoreCardData["store"] }) {
  const t = useTranslations("stores.page.pause");
  const counted = useCounted();
  const paused = !store.isActive;
  return (
    <Confirm
      trigger={<Button>{t(paused ? "resume" : "pause")}</Button>}
      title={t(paused ? "resumeTitle" : "pauseTitle", { store: store.name })}
      act={t(paused ? "resume" : "pauseAct")}
      onAct={() => pauseStore({ storeId: store.id, paused: !paused })}
    >
      {paused
        ? t("resumeText")
        : t("pauseText", {
            products: counted(store.productsCount).shown,
            bots: counted(store.botsCount).shown,
          })}
    </Confirm>
  );
}
