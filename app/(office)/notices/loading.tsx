import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton } from "@/components/ui/skeleton";

const lines = ["min-h-96"];

/** The shape of the list. */
export default function Loading() {
  const t = useTranslations("telling.page");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PanelsSkeleton grid="" panels={lines} />
    </Page>
  );
}
