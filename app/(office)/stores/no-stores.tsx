import { BackpackIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelLink } from "@/components/ui/panel-link";

export function NoStores({ mayConnect }: { mayConnect: boolean }) {
  const t = useTranslations("stores");
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState
        icon={<BackpackIcon />}
        title={t("empty.title")}
        action={
          mayConnect && (
            <PanelLink panel="connect" value="1" look="primary" size="lg">
              {t("connect.open")}
            </PanelLink>
          )
        }
      >
        {t("empty.text")}
      </EmptyState>
    </div>
  );
}
