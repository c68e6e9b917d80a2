import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton, Skeleton } from "@/components/ui/skeleton";

const [narrow, wide] = ["min-h-64 xl:col-span-2", "min-h-64 xl:col-span-3"];

/** The shape of the four answers. */
export default function Loading() {
  const t = useTranslations("overview");
  return (
    <Page>
      <PageHeader title={t("title")} lead={<Skeleton className="my-1 w-80 max-w-full" />} />
      <PanelsSkeleton grid="xl:grid-cols-5" panels={[narrow, wide, wide, narrow]} />
    </Page>
  );
}
