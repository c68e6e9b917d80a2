import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the list before its rows are here. */
export default function Loading() {
  const t = useTranslations("orders");
  return (
    <Page fill>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-full" />
      <div className="flex flex-wrap gap-3">
        <Skeleton className="h-9 w-72 max-w-full" />
        <Skeleton className="h-9 w-96 max-w-full" />
      </div>
      <TableSkeleton rows={12} columns={["w-56", "w-24", "w-28", "w-20", "w-16", "flex-1"]} />
    </Page>
  );
}
