import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";

type Props = {
  lead: "lead" | "runs.lead";
  /** Goes along from view to view. */
  store: string | undefined;
  action?: ReactNode;
};

export function DecisionsHeader({ lead, store, action }: Props) {
  const t = useTranslations("ledger");
  const query = store ? `?store=${store}` : "";
  return (
    <>
      <PageHeader title={t("title")} lead={t(lead)} action={action} />
      <Tabs
        label={t("views.label")}
        tabs={[
          { href: `/decisions${query}`, label: t("views.decisions") },
          { href: `/decisions/runs${query}`, label: t("views.runs") },
        ]}
      />
    </>
  );
}
