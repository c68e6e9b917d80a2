"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { make } from "./actions";

/** Makes the list of this moment. */
export function MakeList({ storeId, isFirst }: { storeId: string; isFirst: boolean }) {
  const t = useTranslations("priceList.now");
  const { pending, act } = useAct();
  return (
    <Button
      look={isFirst ? "primary" : "secondary"}
      pending={pending}
      onClick={() => act(() => make({ storeId }), t("madeDone"))}
    >
      {t(isFirst ? "make" : "makeAgain")}
    </Button>
  );
}
