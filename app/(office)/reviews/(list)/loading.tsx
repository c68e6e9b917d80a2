import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton, Skeleton } from "@/components/ui/skeleton";
import { ReviewsTabs } from "../reviews-tabs";

/** The shape of the list of reviews. */
export default function Loading() {
  const t = useTranslations("reviews");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ReviewsTabs />
      <Skeleton className="h-12 w-full rounded-lg" />
      <Skeleton className="h-9 w-96 max-w-full" />
      <PanelsSkeleton grid="" panels={["h-36", "h-36", "h-36", "h-36"]} />
    </Page>
  );
}
