"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import { exclude } from "./actions";
import type { RivalLine } from "./rival-line";

type Props = { rival: Pick<RivalLine, "merchantId" | "name" | "excluded"> };

/** Leaves a seller out of the rule of the chosen store, or of every store; or counts them again. */
export function ExcludeRival({ rival: { merchantId, name, excluded } }: Props) {
  const t = useTranslations("rivals");
  const { pending, act } = useAct();
  const store = useSearchParams().get("store");
  const scope = store ? { storeId: store } : {};
  if (excluded === "yes")
    return (
      <Button
        size="sm"
        look="ghost"
        pending={pending}
        onClick={() => act(() => exclude({ merchantId, excluded: false, ...scope }), t("counted"))}
      >
        {t("count")}
        <span className="sr-only">: {name}</span>
      </Button>
    );
  return (
    <Confirm
      trigger={
        <Button size="sm" look="ghost">
          {t("exclude")}
          <span className="sr-only">: {name}</span>
        </Button>
      }
      title={t("excludeTitle", { name })}
      act={t("exclude")}
      onAct={() => exclude({ merchantId, excluded: true, ...scope })}
    >
      {t(store ? "excludeText" : "excludeTextAll")}
    </Confirm>
  );
}
