import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function PricingRunNotFound() {
  const t = await getTranslations("ledger.run");
  return (
    <EmptyState
      level={1}
      title={t("notFound")}
      action={<ButtonLink href="/decisions/runs">{t("back")}</ButtonLink>}
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
