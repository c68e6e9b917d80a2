import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function ImportNotFound() {
  const [t, tErrors] = await Promise.all([
    getTranslations("tables.import"),
    getTranslations("errors"),
  ]);
  return (
    <EmptyState
      level={1}
      title={tErrors("import_not_found")}
      action={<ButtonLink href="/products/import">{t("link")}</ButtonLink>}
    />
  );
}
