import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton } from "@/components/ui/skeleton";

/** The shape of the calculator. */
export default function Loading() {
  const t = useTranslations("calculator");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PanelsSkeleton grid="lg:grid-cols-[minmax(0,1fr)_24rem]" panels={["h-[36rem]", "h-72"]} />
      <PanelsSkeleton grid="" panels={["h-32"]} />
    </Page>
  );
}
