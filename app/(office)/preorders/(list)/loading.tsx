import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the list before its rows are here. */
export default function Loading() {
  const t = useTranslations("preorders");
  return (
    <Page fill>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-6 w-96 max-w-full" />
      <div className="flex flex-wrap gap-3">
        <Skeleton className="h-9 w-72 max-w-full" />
        <Skeleton className="h-9 w-96 max-w-full" />
      </div>
      <TableSkeleton rows={10} columns={["w-64", "w-24", "w-32", "w-24", "flex-1", "w-20"]} />
    </Page>
  );
}
