import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { actionsIn } from "@/lib/orders/rules";
import { stateHistory } from "@/lib/orders/shown-queries";
import { waybillsOf } from "@/lib/orders/waybills";
import { FactsPanel } from "./facts-panel";
import { HistoryPanel } from "./history-panel";
import { LinesPanel } from "./lines-panel";
import { loadOrder } from "./load-order";
import { OrderActions } from "./order-actions";
import { OrderHeader } from "./order-header";

const LOOK_AGAIN_MS = 15_000;

type Props = PageProps<"/orders/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await loadOrder((await params).id);
  return { title: (await getTranslations("orders.page"))("title", { code }) };
}

export default async function OrderPage({ params }: Props) {
  const [caller, order] = await Promise.all([pageCaller(), loadOrder((await params).id)]);
  const [history, locale] = await Promise.all([
    stateHistory(kaspiAccess().db, caller, order.id),
    getLocale(),
  ]);
  const t = translator(locale);
  const { id, storeId, state, status, tab, mayChange, hasToken, unsureSince, leftAt } = order;
  return (
    <Page messages={["errors.no_connection", "orders"]}>
      <OrderHeader order={order} t={t} />
      {leftAt && <Notice tone="amber">{t("orders.page.left")}</Notice>}
      {unsureSince && <Notice tone="amber">{t("orders.page.unsure")}</Notice>}
      {mayChange && (
        <OrderActions
          order={{ id, storeId, state, status }}
          actions={actionsIn({ tab, status })}
          hasToken={hasToken}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <LinesPanel order={order} t={t} />
          <HistoryPanel history={history} t={t} />
        </div>
        <FactsPanel order={order} t={t} waybills={waybillsOf(order)} />
      </div>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
