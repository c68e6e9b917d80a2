import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function RunNotFound() {
  const t = await getTranslations("runs.page");
  return (
    <EmptyState
      level={1}
      title={t("notFound")}
      action={<ButtonLink href="/runs">{t("back")}</ButtonLink>}
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
