import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function OrderNotFound() {
  const t = await getTranslations("orders.page");
  return (
    <EmptyState
      level={1}
      title={t("notFound")}
      action={<ButtonLink href="/orders">{t("back")}</ButtonLink>}
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
