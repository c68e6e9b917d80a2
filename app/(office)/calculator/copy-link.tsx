"use client";

import { Link2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

/** The address holds all that stands in the fields, and nothing of who has filled them. */
export function CopyLink() {
  const t = useTranslations("calculator.share");
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      toast({ text: t("copied") });
    } catch {
      toast({ tone: "red", text: t("failed") });
    }
  };
  return (
    <Button className="self-start" onClick={copy}>
      <Link2Icon aria-hidden="true" />
      {t("copy")}
    </Button>
  );
}
