import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the table of people. */
export default function Loading() {
  const t = useTranslations("people");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-80 max-w-full" />
      <TableSkeleton rows={5} columns={["flex-1", "w-20", "w-24", "w-16", "w-24"]} />
    </Page>
  );
}
