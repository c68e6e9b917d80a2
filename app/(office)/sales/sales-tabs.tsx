import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const pages = [
  ["sales", "/sales"],
  ["profit", "/sales/profit"],
  ["stock", "/sales/stock"],
] as const;

type Props = {
  query: string;
  /** Whether the reader may see what goods cost, and how many there are. */
  withCosts: boolean;
};

/** Sales, profit and stock of one period; the period and the store stay. */
export function SalesTabs({ query, withCosts }: Props) {
  const t = useTranslations("sales.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={pages
        .filter(([name]) => withCosts || name === "sales")
        .map(([name, path]) => ({
          href: query ? `${path}?${query}` : path,
          label: t(name),
        }))}
    />
  );
}
