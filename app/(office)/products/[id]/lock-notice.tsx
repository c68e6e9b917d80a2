"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { releaseLock } from "../actions";

/** A price set by hand that the bot leaves alone, until it is given back. */
export function LockNotice({ productId, cityId }: { productId: string; cityId: string }) {
  const t = useTranslations("products.product.lock");
  const tErrors = useTranslations("errors");
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const release = () =>
    startTransition(async () => {
      const result = await releaseLock({ productId, cityId }).catch(() => null);
      if (result?.ok) return;
      toast({ tone: "red", text: result ? result.failure.text : tErrors("no_connection") });
    });
  return (
    <Notice
      title={t("title")}
      action={
        <Button size="sm" pending={pending} onClick={release}>
          {t("release")}
        </Button>
      }
    >
      {t("text")}
    </Notice>
  );
}
