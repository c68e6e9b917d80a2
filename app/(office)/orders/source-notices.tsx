import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { ReadState } from "@/lib/orders/source-queries";

/** What is missing from the list, and where to mend it: stores without a token, stores that cannot be read. */
export function SourceNotices({ states }: { states: readonly ReadState[] }) {
  const t = useTranslations("orders.source");
  const locale = useLocale();
  const unread = states.filter(({ isRead, officialOnly }) => !isRead && !officialOnly);
  const failing = states.filter(({ isRead, lastError }) => isRead && lastError !== null);
  const read = states.filter(({ isRead, lastError }) => isRead && lastError === null);
  const withoutToken = read.filter(({ hasToken }) => !hasToken);
  const closed = states.filter(({ isRead, officialOnly }) => !isRead && officialOnly);
  return (
    <>
      {unread.map((state) => (
        <Notice key={state.id} tone="red" title={t("failing", { store: state.name })}>
          {t("noLogin")} <ToStore id={state.id} />
        </Notice>
      ))}
      {failing.map((state) => (
        <Notice key={state.id} tone="amber" title={t("failing", { store: state.name })}>
          {t(state.lastError === "token_refused" ? "tokenRefused" : "goesOn")}{" "}
          <ToToken id={state.id} />
        </Notice>
      ))}
      {states
        .filter((state) => state.unread > 0)
        .map((state) => (
          <Notice key={state.id} tone="amber" title={t("short", { store: state.name })}>
            {t("shortText", { count: state.unread, shown: formatNumber(state.unread, locale) })}
          </Notice>
        ))}
      <WithoutToken stores={withoutToken} kind="noToken" />
      <WithoutToken stores={closed} kind="unread" />
    </>
  );
}

type WithoutTokenProps = { stores: readonly ReadState[]; kind: "noToken" | "unread" };

function WithoutToken({ stores, kind }: WithoutTokenProps) {
  const t = useTranslations("orders.source");
  if (stores.length === 0) return null;
  return (
    <Notice tone={kind === "unread" ? "amber" : "plain"} title={t(kind)}>
      {t(`${kind}Text`)}{" "}
      {stores.map(({ id, name }, nth) => (
        <span key={id}>
          {nth > 0 && ", "}
          <Link href={`/stores/${id}#token`} className="text-blue underline">
            {t("addToken", { store: name })}
          </Link>
        </span>
      ))}
    </Notice>
  );
}

function ToStore({ id }: { id: string }) {
  const t = useTranslations("orders.source");
  return (
    <Link href={`/stores/${id}`} className="text-blue underline">
      {t("toStore")}
    </Link>
  );
}

function ToToken({ id }: { id: string }) {
  const t = useTranslations("orders.source");
  return (
    <Link href={`/stores/${id}#token`} className="text-blue underline">
      {t("toStore")}
    </Link>
  );
}
