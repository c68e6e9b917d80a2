import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { ReadState } from "@/lib/orders/source-queries";

/** What is missing from the list, and where to mend it: stores without a token, stores that cannot be read. */
export function SourceNotices({ states }: { states: readonly ReadState[] }) {
  const t = useTranslations("orders.source");
  const failing = states.filter(({ lastError }) => lastError !== null);
  const withoutToken = states.filter(({ hasToken, lastError }) => !hasToken && lastError === null);
  return (
    <>
      {failing.map((state) => (
        <Notice key={state.id} tone="amber" title={t("failing", { store: state.name })}>
          {t(state.lastError === "token_refused" ? "tokenRefused" : "goesOn")}{" "}
          <ToToken id={state.id} />
        </Notice>
      ))}
      <WithoutToken stores={withoutToken.filter((one) => !one.officialOnly)} kind="noToken" />
      <WithoutToken stores={withoutToken.filter((one) => one.officialOnly)} kind="unread" />
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

function ToToken({ id }: { id: string }) {
  const t = useTranslations("orders.source");
  return (
    <Link href={`/stores/${id}#token`} className="text-blue underline">
      {t("toStore")}
    </Link>
  );
}
