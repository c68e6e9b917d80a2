"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { useCounted } from "@/components/use-counted";
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
        action={mayChange && store.isMine && <EnterAgain accountId={store.accountId} />}
      >
        <StatusDot tone="red">{t("needed")}</StatusDot>
      </Fact>
    );
  }
  if (store.session === "waiting") {
    const by = store.loginBlockedBy ?? "flood";
    return (
      <Fact
        label={t("label")}
        more={t.rich(`waits.${by}`, {
          login: store.login,
          when: () => <TimeAgo at={store.loginBlockedUntil} />,
        })}
        action={mayChange && store.isMine && <EnterAgain accountId={store.accountId} />}
      >
        <StatusDot tone="amber">{t("waiting")}</StatusDot>
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

export function ProductsFact({ store, isLoading }: Props & { isLoading: boolean }) {
  const t = useTranslations("stores.products");
  const counted = useCounted();
  const count = store.productsCount;
  return (
    <Fact
      label={t("label")}
      more={
        count > 0 && (
          <>
            {t("onSale", counted(store.onSaleCount))}
            <br />
            {t("bots", counted(store.botsCount))}
          </>
        )
      }
    >
      {count === 0 && isLoading ? (
        t("loading")
      ) : (
        <Link
          href={`/products?store=${store.id}`}
          className="text-blue underline-offset-2 hover:underline"
        >
          {t("count", counted(count))}
        </Link>
      )}
    </Fact>
  );
}
