"use client";

import { UpdateIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import { useCounted } from "@/components/use-counted";
import { archive, checkSession, stopStoreSending, syncStore } from "./actions";
import type { StoreCardData } from "./card-data";

type Store = StoreCardData["store"];

export function SyncButton({ storeId, isUnderWay }: { storeId: string; isUnderWay: boolean }) {
  const t = useTranslations("stores.sync");
  const { pending, act } = useAct();
  return (
    <Button pending={pending || isUnderWay} onClick={() => act(() => syncStore({ storeId }))}>
      {!pending && !isUnderWay && <UpdateIcon aria-hidden="true" />}
      {t(isUnderWay ? "running" : "start")}
    </Button>
  );
}

export function CheckButton({ storeId }: { storeId: string }) {
  const t = useTranslations("stores.session");
  const { pending, act } = useAct();
  return (
    <Button
      size="sm"
      pending={pending}
      onClick={() => act(() => checkSession({ storeId }), t("alive"))}
    >
      {t("check")}
    </Button>
  );
}

export function StopStore({ store }: { store: Store }) {
  const t = useTranslations("stores.sending");
  const counted = useCounted();
  return (
    <Confirm
      trigger={<Button>{t("stopOne")}</Button>}
      title={t("stopTitle", { store: store.name })}
      act={t("stop")}
      danger
      onAct={() => stopStoreSending({ storeId: store.id, stopped: true })}
    >
      {t("stopText", counted(store.botsCount))}
    </Confirm>
  );
}

export function ArchiveStore({ store }: { store: Store }) {
  const t = useTranslations("stores.archive");
  const counted = useCounted();
  return (
    <Confirm
      trigger={
        <Button size="sm" look="ghost">
          {t("open")}
        </Button>
      }
      title={t("title", { store: store.name })}
      act={t("act")}
      danger
      onAct={() => archive({ storeId: store.id })}
    >
      {t("text", { ...counted(store.productsCount), bots: counted(store.botsCount).shown })}
    </Confirm>
  );
}
