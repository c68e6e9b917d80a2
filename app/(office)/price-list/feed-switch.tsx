"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { turnOff, turnOn } from "./actions";

/** Turns the link on or off, once it is said what Kaspi makes of it. */
export function FeedSwitch({ storeId, isOn }: { storeId: string; isOn: boolean }) {
  const t = useTranslations("priceList.feed");
  return (
    <Confirm
      trigger={<Button look={isOn ? "secondary" : "primary"}>{t(isOn ? "offAct" : "on")}</Button>}
      title={t(isOn ? "offTitle" : "onTitle")}
      act={t(isOn ? "offConfirm" : "onAct")}
      danger={isOn}
      onAct={() => (isOn ? turnOff({ storeId }) : turnOn({ storeId }))}
    >
      {t(isOn ? "offText" : "onText")}
    </Confirm>
  );
}
