import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";

type Props = {
  lead: "lead" | "leadHistory";
  /** Goes along from view to view. */
  store: string | undefined;
};

export function RunsHeader({ lead, store }: Props) {
  const t = useTranslations("runs");
  const query = store ? `?store=${store}` : "";
  return (
    <>
      <PageHeader title={t("title")} lead={t(lead)} />
      <Tabs
        label={t("views.label")}
        tabs={[
          { href: `/runs${query}`, label: t("views.now") },
          { href: `/runs/history${query}`, label: t("views.history") },
        ]}
      />
    </>
  );
}
