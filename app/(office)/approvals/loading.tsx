import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";

/** The shape of what waits. */
export default function Loading() {
  const t = useTranslations("approvals");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <TableSkeleton rows={6} columns={["w-56", "w-16", "w-16", "w-12", "flex-1", "w-32"]} />
    </Page>
  );
}
