import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { ReviewsTabs } from "../../reviews-tabs";

/** The shape of the table of cards. */
export default function Loading() {
  const t = useTranslations("reviews");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("cards.lead")} />
      <ReviewsTabs />
      <Skeleton className="h-28 w-full rounded-lg" />
      <TableSkeleton rows={6} columns={["flex-1", "w-16", "w-16", "w-24", "w-16"]} />
    </Page>
  );
}
