import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of one store. */
export default function Loading() {
  const t = useTranslations("stores");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div aria-busy="true" className="rounded-lg border bg-surface">
        <div className="flex items-center justify-between border-b px-4 py-3">
          <span className="flex flex-col gap-2 py-0.5">
            <Skeleton className="h-4 w-44" />
            <Skeleton className="w-60" />
          </span>
          <Skeleton className="h-8 w-40 rounded-md" />
        </div>
        <div className="grid grid-cols-2 gap-x-6 gap-y-5 p-4 xl:grid-cols-4">
          {["access", "products", "sync", "sending"].map((part) => (
            <span key={part} className="flex flex-col gap-2">
              <Skeleton className="h-3 w-20" />
              <Skeleton className="w-32" />
              <Skeleton className="w-44 max-w-full" />
            </span>
          ))}
        </div>
      </div>
    </Page>
  );
}
