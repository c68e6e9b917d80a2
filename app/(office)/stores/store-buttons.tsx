"use client";

import { UpdateIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { SaveOutcome } from "@/components/ui/save-outcome";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { archive, checkSession, stopStoreSending, syncStore } from "./actions";
import type { StoreCardData } from "./card-data";

type Store = StoreCardData["store"];

/** Runs an action; says why when it fails, and `done` when it does not. */
function useAct() {
  const t = useTranslations("errors");
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const act = (work: () => Promise<SaveOutcome>, done?: string) =>
    startTransition(async () => {
      const outcome = await work().catch(() => null);
      if (!outcome?.ok)
        return toast({ tone: "red", text: outcome?.failure.text ?? t("no_connection") });
      if (done) toast({ text: done });
    });
  return { pending, act };
}

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
