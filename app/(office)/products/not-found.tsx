import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function ProductNotFound() {
  const t = await getTranslations("products.product.notFound");
  return (
    <EmptyState
      level={1}
      title={t("title")}
      action={<ButtonLink href="/products">{t("act")}</ButtonLink>}
    >
      {t("text")}
    </EmptyState>
  );
}
