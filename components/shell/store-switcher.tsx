"use client";

import { CaretSortIcon } from "@radix-ui/react-icons";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { useStoreParam } from "./use-store-param";

export type StoreName = { id: string; name: string };

const ALL = "all";

/** Whose goods the pages show; «все магазины» is a choice too. With one store there is nothing to choose. */
export function StoreSwitcher({ stores }: { stores: readonly StoreName[] }) {
  const t = useTranslations("common.storeSwitcher");
  const router = useRouter();
  const pathname = usePathname();
  const { store } = useStoreParam();
  const current = stores.find((candidate) => candidate.id === store);
  if (stores.length === 0) return null;
  if (stores.length === 1) {
    return <p className="truncate px-2 py-1.5 font-medium text-sm">{stores[0]?.name}</p>;
  }
  const choose = (id: string) => router.push(id === ALL ? pathname : `${pathname}?store=${id}`);
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-8 w-full min-w-0 items-center gap-1 rounded-md border bg-surface px-2 text-left text-sm hover:bg-hover pointer-coarse:h-10"
        >
          <span className="sr-only">{t("label")}: </span>
          <span className="min-w-0 flex-1 truncate font-medium">{current?.name ?? t("all")}</span>
          <CaretSortIcon aria-hidden="true" className="shrink-0 text-ink-faint" />
        </button>
      }
    >
      <MenuChoice
        label={t("label")}
        value={current?.id ?? ALL}
        options={[
          { value: ALL, label: t("all") },
          ...stores.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={choose}
      />
    </Menu>
  );
}
