import { LockClosedIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

/** For who may see the orders, and not what the goods in them cost or how many there are. */
export function NoCosts() {
  const t = useTranslations("sales.denied");
  return (
    <Page>
      <div className="rounded-lg border bg-surface">
        <EmptyState level={1} icon={<LockClosedIcon />} title={t("title")}>
          {t("text")}
        </EmptyState>
      </div>
    </Page>
  );
}
