import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";

/** The shape of the mailbox. */
export default function Loading() {
  const t = useTranslations("letters.mailbox");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <TableSkeleton rows={8} columns={["w-64", "w-32"]} />
    </Page>
  );
}
