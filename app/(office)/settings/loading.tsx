import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of the settings. */
export default function Loading() {
  const t = useTranslations("settings");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div aria-busy="true" className="grid gap-4 xl:grid-cols-2">
        {["name", "looks", "password", "sending"].map((part) => (
          <Skeleton key={part} className="h-44 w-full rounded-lg" />
        ))}
      </div>
    </Page>
  );
}
