"use client";

import { useTranslations } from "next-intl";
import { ShownOnce } from "@/components/shown-once";

const header = () => <code className="whitespace-nowrap">Duken-Signature</code>;

export function SecretOnce({ value, onKept }: { value: string; onKept: () => void }) {
  const t = useTranslations("webhooks.made");
  const words = {
    label: t("secret"),
    hint: t.rich("use", { header }),
    copy: t("copy"),
    copied: t("copied"),
    done: t("done"),
  };
  return <ShownOnce value={value} onKept={onKept} words={words} />;
}
