"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { useStoreParam } from "./use-store-param";

export type StoreName = { id: string; name: string };

const ALL = "all";

type Props = { trigger: ReactNode; stores: readonly StoreName[] };

export function StoreMenuPanel({ trigger, stores }: Props) {
  const t = useTranslations("common.storeSwitcher");
  const router = useRouter();
  const pathname = usePathname();
  const { store } = useStoreParam();
  return (
    <Menu startsOpen trigger={trigger}>
      <MenuChoice
        label={t("label")}
        value={store ?? ALL}
        options={[
          { value: ALL, label: t("all") },
          ...stores.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(id) => router.push(id === ALL ? pathname : `${pathname}?store=${id}`)}
      />
    </Menu>
  );
}
