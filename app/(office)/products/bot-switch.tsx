"use client";

import { useTranslations } from "next-intl";
import { Switch } from "@/components/ui/switch";
import type { ProductRow } from "@/lib/products/model";
import { switchBot } from "./actions";

type Props = {
  product: Pick<ProductRow, "id" | "name" | "countingFloor" | "botEnabled" | "isWritable">;
};

/** Moves at once. Without a floor it does not switch on and says why. */
export function BotSwitch({ product }: Props) {
  const t = useTranslations("products.row");
  const { id, name, countingFloor, botEnabled, isWritable } = product;
  const why = () => {
    if (!isWritable) return t("readOnly");
    return !botEnabled && countingFloor === null ? t("botNeedsFloor") : undefined;
  };
  return (
    <Switch
      on={botEnabled}
      label={t("botOf", { name })}
      disabled={why() !== undefined}
      why={why()}
      save={(enabled) => switchBot({ productId: id, enabled })}
    />
  );
}
