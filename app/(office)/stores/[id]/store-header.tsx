"use client";

import { useTranslations } from "next-intl";
import { MakeTaskLink } from "@/components/make-task-link";
import { BackLink } from "@/components/ui/back-link";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { useRun } from "@/components/use-run";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";
import type { StoreCardData } from "../card-data";
import { SyncButton } from "../store-buttons";
import { RenameStore } from "./rename-store";

type Props = {
  store: StoreCardData["store"];
  kaspiName: string | null;
  showsOwner: boolean;
  mayChange: boolean;
  run: RunProgress | null;
};

/** Which store it is, whose, and what is done with it most. */
export function StoreHeader({ store, kaspiName, showsOwner, mayChange, run: known }: Props) {
  const t = useTranslations("stores");
  const run = useRun(known);
  const renamed = kaspiName !== null && kaspiName !== store.name;
  const canSync =
    mayChange && store.isActive && store.session !== "needs_reauth" && store.login !== null;
  const lead = [
    store.mainCityName,
    t("merchant", { id: store.merchantId }),
    renamed && t("page.inKaspi", { name: kaspiName }),
    showsOwner && t("page.owner", { name: store.ownerName }),
  ];
  return (
    <div className="flex flex-col gap-2">
      <BackLink href="/stores">{t("page.back")}</BackLink>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2">
            {store.name}
            {!store.isActive && <Badge tone="amber">{t("page.onPause")}</Badge>}
          </span>
        }
        lead={lead.filter(Boolean).join(" · ")}
        action={
          <>
            <MakeTaskLink kind="store" id={store.id} />
            {mayChange && <RenameStore store={store} kaspiName={kaspiName} />}
            {canSync && (
              <SyncButton storeId={store.id} isUnderWay={run !== null && isUnderWay(run)} />
            )}
          </>
        }
      />
    </div>
  );
}
