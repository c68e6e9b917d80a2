import { useTranslations } from "next-intl";
import type { Notice } from "@/lib/notices/model";
import type { Dismiss } from "./dismiss-button";
import { NoticeBanner } from "./notice-banner";
import { mostUrgentFirst } from "./urgency";

type Props = {
  notices: readonly Notice[];
  stores: readonly { id: string; name: string }[];
  dismiss: Dismiss;
};

const SHOWN = 2;

/** What the office must know, on every page: the most urgent in full, the rest a click away. */
export function NoticesBar({ notices, stores, dismiss }: Props) {
  const t = useTranslations("notices");
  const names = new Map(stores.map(({ id, name }) => [id, name]));
  const banners = mostUrgentFirst(notices).map((notice) => (
    <NoticeBanner
      key={notice.id}
      notice={notice}
      storeName={notice.storeId === null ? undefined : names.get(notice.storeId)}
      dismiss={dismiss}
    />
  ));
  const rest = banners.slice(SHOWN);
  return (
    <>
      {banners.slice(0, SHOWN)}
      {rest.length > 0 && (
        <details className="border-b bg-surface">
          <summary className="px-4 py-1.5 text-ink-soft text-sm md:px-6">
            {t("more", { count: rest.length })}
          </summary>
          {rest}
        </details>
      )}
    </>
  );
}
