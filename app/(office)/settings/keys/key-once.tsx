"use client";

import { useTranslations } from "next-intl";
import { ShownOnce } from "@/components/shown-once";

const header = () => <code className="whitespace-nowrap">Authorization: Bearer …</code>;

export function KeyOnce({ value, onKept }: { value: string; onKept: () => void }) {
  const t = useTranslations("keys.made");
  const words = {
    label: t("key"),
    hint: t.rich("use", { header }),
    copy: t("copy"),
    copied: t("copied"),
    done: t("done"),
  };
  return <ShownOnce value={value} onKept={onKept} words={words} />;
}
