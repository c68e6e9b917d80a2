import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const pages = [
  ["sales", "/sales"],
  ["profit", "/sales/profit"],
  ["stock", "/sales/stock"],
] as const;

/** Sales, profit and stock of one period; the period and the store stay. */
export function SalesTabs({ query }: { query: string }) {
  const t = useTranslations("sales.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={pages.map(([name, path]) => ({
        href: query ? `${path}?${query}` : path,
        label: t(name),
      }))}
    />
  );
}
