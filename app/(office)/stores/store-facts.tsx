"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { ResumeSending } from "@/components/shell/resume-sending";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { useClock } from "@/components/ui/clock";
import { formatNumber } from "@/lib/i18n/money";
import { stopStoreSending } from "./actions";
import type { StoreCardData } from "./card-data";
import { EnterAgain } from "./enter-again";
import { Fact } from "./fact";
import { CheckButton } from "./store-buttons";

type Props = { store: StoreCardData["store"] };
type ChangeableProps = Props & { mayChange: boolean };

export function SessionFact({ store, mayChange }: ChangeableProps) {
  const t = useTranslations("stores.session");
  const checked = () => <TimeAgo at={store.lastCheckedAt} />;
  if (store.session === "needs_reauth" || store.login === null) {
    const reason = store.reauthReason ?? "login_refused";
    return (
      <Fact
        label={t("label")}
        more={store.login === null ? t("noLogin") : t("why", { reason, login: store.login })}
        action={mayChange && <EnterAgain login={store.login} />}
      >
        <StatusDot tone="red">{t("needed")}</StatusDot>
      </Fact>
    );
  }
  const works = store.session === "valid";
  return (
    <Fact
      label={t("label")}
      more={works ? t.rich("checked", { login: store.login, when: checked }) : store.login}
      action={mayChange && <CheckButton storeId={store.id} />}
    >
      <StatusDot tone={works ? "green" : "plain"}>{t(works ? "valid" : "unknown")}</StatusDot>
    </Fact>
  );
}

export function ProductsFact({ store }: Props) {
  const t = useTranslations("stores.products");
  return (
    <Fact
      label={t("label")}
      more={
        <>
          {t("onSale", { count: store.onSaleCount })}
          <br />
          {t("bots", { count: store.botsCount })}
        </>
      }
    >
      <Link
        href={`/products?store=${store.id}`}
        className="text-blue underline-offset-2 hover:underline"
      >
        {t("count", { count: store.productsCount })}
      </Link>
    </Fact>
  );
}

export function SyncFact({ store }: Props) {
  const t = useTranslations("stores.sync");
  const now = useClock();
  const next = () => {
    if (store.session === "needs_reauth") return t("nextAfterLogin");
    if (store.nextSyncAt === null || store.nextSyncAt.getTime() <= now) return t("nextSoon");
    return t.rich("next", { when: () => <TimeAgo at={store.nextSyncAt} /> });
  };
  return (
    <Fact label={t("label")} more={next()}>
      {store.lastSyncAt === null ? t("never") : <TimeAgo at={store.lastSyncAt} />}
    </Fact>
  );
}

export function SendingFact({
  store,
  mayChange,
  isOfficeStopped,
}: ChangeableProps & { isOfficeStopped: boolean }) {
  const t = useTranslations("stores.sending");
  const locale = useLocale();
  const now = useClock();
  const blocked = store.writesBlockedUntil;
  if (store.sendingStoppedAt !== null)
    return (
      <Fact
        label={t("label")}
        more={t.rich("stoppedBy", {
          who: store.sendingStoppedBy ?? t("somebody"),
          when: () => <TimeAgo at={store.sendingStoppedAt} />,
        })}
        action={
          mayChange && (
            <ResumeSending
              store={store.name}
              resume={() => stopStoreSending({ storeId: store.id, stopped: false })}
            />
          )
        }
      >
        <StatusDot tone="red">{t("stopped")}</StatusDot>
      </Fact>
    );
  if (isOfficeStopped)
    return (
      <Fact label={t("label")} more={t("stoppedEverywhereMore")}>
        <StatusDot tone="red">{t("stoppedEverywhere")}</StatusDot>
      </Fact>
    );
  if (store.session === "needs_reauth")
    return (
      <Fact label={t("label")} more={t("waitsForLoginMore")}>
        <StatusDot tone="amber">{t("waitsForLogin")}</StatusDot>
      </Fact>
    );
  if (blocked !== null && blocked.getTime() > now)
    return (
      <Fact
        label={t("label")}
        more={t.rich("blockedMore", { when: () => <TimeAgo at={blocked} /> })}
      >
        <StatusDot tone="amber">{t("blocked")}</StatusDot>
      </Fact>
    );
  if (store.botsCount === 0)
    return (
      <Fact label={t("label")} more={t("idleMore")}>
        <StatusDot>{t("idle")}</StatusDot>
      </Fact>
    );
  return (
    <Fact label={t("label")} more={t("onMore", { bots: formatNumber(store.botsCount, locale) })}>
      <StatusDot tone="green">{t("on")}</StatusDot>
    </Fact>
  );
}
