import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of a file that was looked at. */
export default function Loading() {
  const t = useTranslations("tables.import");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-9 w-80 max-w-full" />
      <TableSkeleton rows={10} columns={["w-12", "flex-1", "w-40", "w-24", "w-24", "w-40"]} />
    </Page>
  );
}
