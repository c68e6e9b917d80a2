"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ConnectResult } from "@/lib/stores/model";

type Props = { result: ConnectResult; onClose: () => void };

/** Which shops of the cabinet are ours now, and which are not and why. */
export function ConnectOutcome({ result, onClose }: Props) {
  const t = useTranslations("stores.connect");
  const isNew = result.stores.some((store) => !store.isReplaced);
  return (
    <div className="flex flex-col gap-4">
      {result.stores.length > 0 && (
        <Notice tone="green" title={t("connected", { count: result.stores.length })}>
          <ul>
            {result.stores.map((store) => (
              <li key={store.storeId}>
                {store.isReplaced ? t("replaced", { store: store.name }) : store.name}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {result.refused.length > 0 && (
        <Notice tone="amber" title={t("refused", { count: result.refused.length })}>
          <ul>
            {result.refused.map((store) => (
              <li key={store.merchantId}>{store.name}</li>
            ))}
          </ul>
          <p>{t("refusedWhy")}</p>
        </Notice>
      )}
      <p className="text-ink-soft">{t(isNew ? "nextNew" : "nextAgain")}</p>
      <Button look="primary" size="lg" onClick={onClose}>
        {t("done")}
      </Button>
    </div>
  );
}
