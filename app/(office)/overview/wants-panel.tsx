import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { NoticeText } from "@/components/notices/notice-text";
import { mostUrgentFirst } from "@/components/notices/urgency";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import type { Overview } from "@/lib/overview/model";
import { counted } from "./counted";
import { FrozenTable } from "./frozen-table";
import { frozenHref, goodsHref } from "./links";
import { Point } from "./point";

const tones = { info: "plain", warning: "amber", danger: "red" } as const;

type Props = Pick<Overview, "notices" | "frozen" | "goods" | "stores"> & {
  store: string | undefined;
};

/** What wants me now: what has been noticed, prices that wait for a yes, bots that wait for a floor. */
export function WantsPanel({ notices, frozen, goods, stores, store }: Props) {
  const t = useTranslations("overview.wants");
  const locale = useLocale();
  const nameOf = (id: string | null) => stores.find((known) => known.id === id)?.name;
  const stopped = stores.filter(({ standing }) => standing === "stopped");
  const held = heldUnsaid(stores, notices);
  const isQuiet = notices.length + frozen.count + goods.unfloored + stopped.length + held === 0;
  return (
    <Panel title={t("title")} className="xl:col-span-3">
      {isQuiet && <p className="text-ink-soft">{t("nothing")}</p>}
      {notices.length > 0 && (
        <ul className="flex flex-col gap-2">
          {mostUrgentFirst(notices).map((notice) => (
            <li key={notice.id} className="flex items-start justify-between gap-4">
              <Point tone={tones[notice.severity]}>
                <span className="[&_a]:text-blue [&_a]:underline [&_a]:underline-offset-2">
                  <NoticeText notice={notice} storeName={nameOf(notice.storeId)} />
                </span>
              </Point>
              <span className="shrink-0 text-ink-soft text-sm">
                <TimeAgo at={notice.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {held > 0 && (
        <Wish text={t("held", counted(held, locale))} act={t("all")} href={frozenHref(store)} />
      )}
      {stopped.length > 0 && (
        <Wish
          text={t("stopped", counted(stopped.length, locale))}
          act={t("stoppedAct")}
          href={stopped.length === 1 ? `/stores/${stopped[0]?.id}` : "/stores"}
        />
      )}
      {goods.unfloored > 0 && (
        <Wish
          text={t("noFloor", counted(goods.unfloored, locale))}
          act={t("noFloorAct")}
          href={goodsHref("unfloored", store)}
        />
      )}
      {frozen.count > 0 && (
        <FrozenTable {...frozen} severalStores={stores.length > 1} store={store} />
      )}
    </Panel>
  );
}

/** Prices kept back in stores whose notice of it somebody has put away. */
function heldUnsaid(stores: Props["stores"], notices: Props["notices"]): number {
  const said = notices.filter(({ kind }) => kind === "prices_held" || kind === "canary_failed");
  const unsaid = stores.filter(({ id }) => said.every(({ storeId }) => storeId !== id));
  return unsaid.reduce((sum, { held }) => sum + held, 0);
}

function Wish({ text, act, href }: { text: string; act: string; href: Route }) {
  return (
    <p className="flex items-baseline justify-between gap-4">
      <Point tone="amber">{text}</Point>
      <Link href={href} className="shrink-0 text-blue underline underline-offset-2">
        {act}
      </Link>
    </p>
  );
}
