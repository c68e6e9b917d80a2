import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the figures before they are here. */
export default function Loading() {
  const t = useTranslations("sales");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-full" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
        {["a", "b", "c", "d", "e"].map((one) => (
          <Skeleton key={one} className="h-24" />
        ))}
      </div>
      <Skeleton className="h-72 w-full" />
      <TableSkeleton rows={8} columns={["flex-1", "w-16", "w-24", "w-16"]} />
    </Page>
  );
}
