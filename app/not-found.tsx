import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        level={1}
        title={t("notFound.title")}
        action={<ButtonLink href="/">{t("actions.home")}</ButtonLink>}
      >
        {t("notFound.text")}
      </EmptyState>
    </main>
  );
}
