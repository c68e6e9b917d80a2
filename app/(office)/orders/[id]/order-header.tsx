import { useTranslations } from "next-intl";
import { MakeTaskLink } from "@/components/make-task-link";
import { TimeAgo } from "@/components/time-ago";
import { BackLink } from "@/components/ui/back-link";
import { Badge, StatusDot } from "@/components/ui/badge";
import type { Translator } from "@/lib/i18n/translator";
import type { OrderRow } from "@/lib/orders/shown-queries";
import { statusText } from "@/lib/orders/words";
import { toneOf } from "../order-line";

type Props = { order: OrderRow; t: Translator };

export function OrderHeader({ order, t: translate }: Props) {
  const t = useTranslations("orders");
  const { code, tab, storeName, orderedAt, preOrder, express } = order;
  return (
    <header className="flex flex-col items-start gap-2">
      <BackLink href={tab === "new" ? "/orders" : `/orders?tab=${tab}`}>{t("page.back")}</BackLink>
      <div className="flex w-full flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold text-xl">{t("page.title", { code })}</h1>
        <MakeTaskLink kind="order" id={order.id} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-soft">
        <StatusDot tone={toneOf(order)}>
          <span className="font-medium text-ink">{t(`tab.${tab}`)}</span>
        </StatusDot>
        <span>{statusText(translate, order.status)}</span>
        <span>{storeName}</span>
        <TimeAgo at={orderedAt} />
        {preOrder && <Badge tone="amber">{t("mark.preorder")}</Badge>}
        {express && <Badge tone="amber">{t("mark.express")}</Badge>}
      </div>
    </header>
  );
}
