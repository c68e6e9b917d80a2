"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { endPreorder } from "./actions";
import type { PreorderLine } from "./preorder-line";

/** The two ways a preorder ends, each asked back with what it does at Kaspi. */
export function EndButtons({ line: { id, name, status } }: { line: PreorderLine }) {
  const t = useTranslations("preorders");
  return (
    <div className="flex flex-wrap gap-2 border-t pt-4">
      {status !== "draft" && (
        <Confirm
          trigger={<Button>{t("act.complete")}</Button>}
          title={t("complete.title", { name })}
          act={t("act.complete")}
          onAct={() => endPreorder({ preorderId: id, how: "completed" })}
        >
          {t("complete.text")}
        </Confirm>
      )}
      <Confirm
        trigger={<Button look="ghost">{t("act.cancel")}</Button>}
        title={t("cancel.title", { name })}
        act={t("act.cancel")}
        danger
        onAct={() => endPreorder({ preorderId: id, how: "cancelled" })}
      >
        {t(status === "draft" ? "cancel.draft" : "cancel.sent")}
      </Confirm>
    </div>
  );
}
