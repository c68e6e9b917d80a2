import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton } from "@/components/ui/skeleton";

/** The shape of the page of a price list. */
export default function Loading() {
  const t = useTranslations("priceList");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PanelsSkeleton
        grid="xl:grid-cols-2"
        panels={["min-h-72", "min-h-72", "min-h-32", "min-h-48"]}
      />
    </Page>
  );
}
