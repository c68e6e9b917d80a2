import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function StoreNotFound() {
  const t = await getTranslations("stores.page.notFound");
  return (
    <EmptyState
      level={1}
      title={t("title")}
      action={<ButtonLink href="/stores">{t("act")}</ButtonLink>}
    >
      {t("text")}
    </EmptyState>
  );
}
