import { ExternalLinkIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { buttonLook } from "@/components/ui/button";
import type { Translator } from "@/lib/i18n/translator";
import type { OrderRow } from "@/lib/orders/shown-queries";
import type { Waybills } from "@/lib/orders/waybills";
import { deliveryText, paymentText, reasonText } from "@/lib/orders/words";

type Props = { order: OrderRow; t: Translator; waybills: Waybills };

/** How it is delivered and paid, and where its papers are. What Kaspi does not say is called so. */
export function FactsPanel({ order, t: translate, waybills }: Props) {
  const t = useTranslations("orders.page");
  const unknown = <span className="text-ink-faint">{t("unknown")}</span>;
  const amount = (value: number | null) => (value === null ? unknown : <Money amount={value} />);
  const point = [order.cityName, order.pointLabel ?? order.pickupPointId].filter(Boolean);
  return (
    <Panel title={t("facts")}>
      <dl className="grid grid-cols-[9.5rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact name={t("buyer")}>{order.buyerName ?? unknown}</Fact>
        <Fact name={t("delivery")}>{deliveryText(translate, order)}</Fact>
        <Fact name={t("point")}>{point.length > 0 ? point.join(", ") : unknown}</Fact>
        <Fact name={t("payment")}>
          {order.paymentMode === null ? unknown : paymentText(translate, order.paymentMode)}
        </Fact>
        <Fact name={t("buyersDelivery")}>{amount(order.deliveryCost)}</Fact>
        <Fact name={t("sellersDelivery")}>{amount(order.sellerDeliveryCost)}</Fact>
        {order.handoverBy && (
          <Fact name={t("handoverBy")}>
            <TimeAgo at={order.handoverBy} />
          </Fact>
        )}
        {order.handedOverAt && (
          <Fact name={t("handedOver")}>
            <TimeAgo at={order.handedOverAt} />
          </Fact>
        )}
        {order.plannedAt && (
          <Fact name={t("planned")}>
            <TimeAgo at={order.plannedAt} />
          </Fact>
        )}
        {order.cancellationReason && (
          <Fact name={t("reason")}>{reasonText(translate, order.cancellationReason)}</Fact>
        )}
        <Fact name={t("source")}>
          {t(`sources.${order.source}`)}, <TimeAgo at={order.readAt} />
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-2">
        {waybills.own && <Paper href={waybills.own}>{t("waybill")}</Paper>}
        {waybills.all && <Paper href={waybills.all}>{t("waybills")}</Paper>}
      </div>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Paper({ href, children }: { href: string; children: ReactNode }) {
  const t = useTranslations("orders.page");
  return (
    <a href={href} target="_blank" rel="noreferrer" className={buttonLook({ size: "sm" })}>
      {children}
      <ExternalLinkIcon aria-hidden="true" />
      <span className="sr-only">({t("newTab")})</span>
    </a>
  );
}
