import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ways = ["storefront", "list", "writes", "login", "shop_api"];

/** The shape of the ways to Kaspi. */
export default function Loading() {
  const t = useTranslations("status");
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Panel title={t("ways")}>
        {ways.map((way) => (
          <Skeleton key={way} className="h-12 w-full" />
        ))}
      </Panel>
    </Page>
  );
}
