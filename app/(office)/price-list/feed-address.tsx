"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { renewAddress } from "./actions";

/** The link to be entered in the cabinet. */
export function FeedAddress({ storeId, url }: { storeId: string; url: string }) {
  const t = useTranslations("priceList.feed");
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    toast({ text: t("copied") });
  };
  return (
    <Field label={t("address")} hint={t("addressHint")}>
      {(wiring) => (
        <div className="flex flex-wrap gap-2">
          <Input
            {...wiring}
            readOnly
            value={url}
            onFocus={({ target }) => target.select()}
            className="min-w-0 flex-1 basis-60 font-mono text-sm"
          />
          <Button className="h-9 pointer-coarse:h-10" onClick={copy}>
            {t("copy")}
          </Button>
          <Confirm
            trigger={<Button className="h-9 pointer-coarse:h-10">{t("renew")}</Button>}
            title={t("renewTitle")}
            act={t("renewAct")}
            danger
            onAct={() => renewAddress({ storeId })}
          >
            {t("renewText")}
          </Confirm>
        </div>
      )}
    </Field>
  );
}
