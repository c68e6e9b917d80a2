import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

/** Reviews about one's stores, and those of any card. */
export function ReviewsTabs() {
  const t = useTranslations("reviews.tabs");
  const tabs = [
    { href: "/reviews", label: t("own") },
    { href: "/reviews/cards", label: t("cards") },
  ];
  return <Tabs label={t("label")} tabs={tabs} />;
}
