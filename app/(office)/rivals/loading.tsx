import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the table of rivals. */
export default function Loading() {
  const t = useTranslations("rivals");
  return (
    <Page fill>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-80 max-w-full" />
      <TableSkeleton rows={12} columns={["flex-1", "w-16", "w-20", "w-24", "w-20"]} />
    </Page>
  );
}
