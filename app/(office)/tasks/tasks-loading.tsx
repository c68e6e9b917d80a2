import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const rows = ["w-64", "w-80", "w-56", "w-72", "w-60", "w-96", "w-48", "w-52"];

/** The shape of the list before its rows are here. */
export function TasksLoading() {
  const t = useTranslations("tasks");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
      <div className="flex flex-col gap-4 rounded-lg border bg-surface p-4">
        {rows.map((width) => (
          <Skeleton key={width} className={`h-5 max-w-full ${width}`} />
        ))}
      </div>
    </Page>
  );
}
