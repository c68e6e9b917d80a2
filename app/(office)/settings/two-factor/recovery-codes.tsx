"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";

/** Shown once, to be kept somewhere else. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations("settings.twoFactor");
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join("\n"));
    toast({ text: t("copied") });
  };
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="amber" title={t("codesTitle")}>
        {t("codesLead")}
      </Notice>
      <ul className="grid gap-x-6 gap-y-1 rounded-md bg-sunken p-3 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        <Button onClick={copy}>{t("copy")}</Button>
        <Button look="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      </div>
    </div>
  );
}
