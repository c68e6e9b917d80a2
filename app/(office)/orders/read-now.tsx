"use client";

import { ReloadIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { readOrders } from "./actions";

/** Reads the orders at once, of the chosen store or of all one's own. */
export function ReadNow({ storeId }: { storeId: string | null }) {
  const t = useTranslations("orders");
  const { pending, act } = useAct();
  return (
    <Button pending={pending} onClick={() => act(() => readOrders({ storeId }), t("readAsked"))}>
      <ReloadIcon aria-hidden="true" />
      {t("readNow")}
    </Button>
  );
}
