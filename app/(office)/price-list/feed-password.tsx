"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ShownOnce } from "@/components/shown-once";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { FEED_LOGIN } from "@/lib/price-list/model";
import { makePassword, removePassword } from "./actions";

/** A login and a password beside the link, for those who want both. */
export function FeedPassword({ storeId, isSet }: { storeId: string; isSet: boolean }) {
  const t = useTranslations("priceList.feed");
  const tErrors = useTranslations("errors");
  const toast = useToast();
  const [made, setMade] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const make = () =>
    startTransition(async () => {
      const outcome = await makePassword({ storeId }).catch(() => null);
      if (outcome?.ok) setMade(outcome.value.password);
      else toast({ tone: "red", text: outcome?.failure.text ?? tErrors("no_connection") });
    });
  const words = {
    label: t("password"),
    hint: t("passwordHint", { login: FEED_LOGIN }),
    copy: t("copy"),
    copied: t("passwordCopied"),
    done: t("passwordDone"),
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-ink-soft">
        {isSet ? t("passwordSet", { login: FEED_LOGIN }) : t("passwordNone")}
      </span>
      <Button size="sm" pending={pending} onClick={make}>
        {t(isSet ? "passwordChange" : "passwordMake")}
      </Button>
      {isSet && (
        <Confirm
          trigger={<Button size="sm">{t("passwordRemove")}</Button>}
          title={t("passwordRemoveTitle")}
          act={t("passwordRemove")}
          danger
          onAct={() => removePassword({ storeId })}
        >
          {t("passwordRemoveText")}
        </Confirm>
      )}
      <Dialog
        open={made !== null}
        onOpenChange={() => setMade(null)}
        title={t("passwordShown")}
        lead={t("passwordShownLead")}
      >
        <ShownOnce value={made ?? ""} onKept={() => setMade(null)} words={words} />
      </Dialog>
    </div>
  );
}
