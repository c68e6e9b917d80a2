import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelsSkeleton } from "@/components/ui/skeleton";

const panels = ["person", "looks", "password", "twoFactor", "sessions", "sending"].map(
  () => "min-h-44",
);

/** The shape of the settings. */
export default function Loading() {
  const t = useTranslations("settings");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <PanelsSkeleton grid="xl:grid-cols-2" panels={panels} />
    </Page>
  );
}
