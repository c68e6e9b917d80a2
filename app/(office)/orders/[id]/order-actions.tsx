"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import type { OrderAction } from "@/lib/orders/model";
import { changeOrder } from "../actions";
import { AssembleWindow } from "./assemble-window";
import { CancelWindow } from "./cancel-window";
import { CompleteWindow } from "./complete-window";

type Props = {
  order: { id: string; storeId: string; state: string; status: string };
  actions: readonly OrderAction[];
  hasToken: boolean;
};

/** What can be done to an order at Kaspi, each asked back; without a token, where to put one. */
export function OrderActions({ order, actions, hasToken }: Props) {
  const t = useTranslations("orders.act");
  if (actions.length === 0) return null;
  if (!hasToken)
    return (
      <Notice>
        {t("noToken")}{" "}
        <Link href={`/stores/${order.storeId}#token`} className="text-blue underline">
          {t("toToken")}
        </Link>
      </Notice>
    );
  const { id: orderId, state, status } = order;
  const seen = { state, status };
  const can = (action: OrderAction) => actions.includes(action);
  return (
    <div className="flex flex-wrap gap-2">
      {can("accept") && (
        <Confirm
          trigger={<Button look="primary">{t("accept")}</Button>}
          title={t("acceptTitle")}
          act={t("accept")}
          onAct={() => changeOrder({ orderId, seen, change: { kind: "accept" } })}
        >
          {t("acceptText")}
        </Confirm>
      )}
      {can("arrive") && (
        <Confirm
          trigger={<Button look="primary">{t("arrive")}</Button>}
          title={t("arriveTitle")}
          act={t("arrive")}
          onAct={() => changeOrder({ orderId, seen, change: { kind: "arrive" } })}
        >
          {t("arriveText")}
        </Confirm>
      )}
      {can("assemble") && <AssembleWindow orderId={orderId} seen={seen} />}
      {can("complete") && <CompleteWindow orderId={orderId} seen={seen} />}
      {can("cancel") && <CancelWindow orderId={orderId} seen={seen} />}
    </div>
  );
}
