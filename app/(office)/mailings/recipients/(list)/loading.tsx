import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the list before its rows are here. */
export default function Loading() {
  const t = useTranslations("recipients");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
      <TableSkeleton columns={["w-56", "w-40", "w-32", "w-28", "w-20"]} />
    </Page>
  );
}
