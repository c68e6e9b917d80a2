import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the list of mailings. */
export default function Loading() {
  const t = useTranslations("mailings");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-96 max-w-full" />
      <Skeleton className="h-18 w-full rounded-lg" />
      <TableSkeleton rows={8} columns={["w-64", "w-32", "w-20"]} />
    </Page>
  );
}
