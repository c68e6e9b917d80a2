import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the audit before its rows are here. */
export default function Loading() {
  const t = useTranslations("audit");
  return (
    <Page fill>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="flex flex-wrap gap-3">
        <Skeleton className="h-9 w-96 max-w-full" />
      </div>
      <TableSkeleton rows={14} columns={["w-56", "w-20", "w-28", "flex-1", "w-24", "w-24"]} />
    </Page>
  );
}
