import { LockClosedIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

/** For who may see no mailings, or may see them and not write. */
export function NoMailingRight({ toEdit = false }: { toEdit?: boolean }) {
  const t = useTranslations(toEdit ? "mailings.deniedEdit" : "mailings.denied");
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
