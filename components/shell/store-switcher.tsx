"use client";

import { CaretSortIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { StoreName } from "./store-menu-panel";
import { useStoreParam } from "./use-store-param";

const panel = () => import("./store-menu-panel").then((module) => module.StoreMenuPanel);

/** Whose goods the pages show; «все магазины» is a choice too. With one store there is nothing to choose. */
export function StoreSwitcher({ stores }: { stores: readonly StoreName[] }) {
  const t = useTranslations("common.storeSwitcher");
  const { store } = useStoreParam();
  if (stores.length === 0) return null;
  if (stores.length === 1) {
    return <p className="truncate px-2 py-1.5 font-medium text-sm">{stores[0]?.name}</p>;
  }
  const shown = stores.find(({ id }) => id === store)?.name ?? t("all");
  return (
    <LazyMenu
      panel={panel}
      panelProps={{ stores }}
      label={t("label")}
      className="flex h-8 w-full min-w-0 items-center gap-1 rounded-md border bg-surface px-2 text-left text-sm hover:bg-hover pointer-coarse:h-10"
    >
      <span className="min-w-0 flex-1 truncate font-medium">{shown}</span>
      <CaretSortIcon aria-hidden="true" className="shrink-0 text-ink-faint" />
    </LazyMenu>
  );
}
