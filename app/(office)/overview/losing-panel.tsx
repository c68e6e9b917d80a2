import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button";
import { formatNumber } from "@/lib/i18n/money";
import type { Overview } from "@/lib/overview/model";
import { shareOf } from "@/lib/overview/rules";
import type { ShareDays } from "@/lib/overview/share-model";
import { goodsHref } from "./links";
import { LossLine } from "./loss-line";
import { ShareChart } from "./share-chart";
import { ShareRange } from "./share-range";

const losses = ["attacked", "blocked", "late", "rejected"] as const;

type Props = Pick<Overview, "goods" | "days"> & {
  /** Over how many days. */
  shown: ShareDays;
  store: string | undefined;
};

/** Where am I losing: the share of first places now and over the days, and what stands against it. */
export function LosingPanel({ goods, days, shown, store }: Props) {
  const t = useTranslations("overview.losing");
  const locale = useLocale();
  const share = shareOf(goods);
  const yesterday = shareOf(days.at(-2) ?? { first: 0, ranked: 0 });
  const number = (count: number) => formatNumber(count, locale);
  if (goods.watched === 0)
    return (
      <Panel title={t("title")} className="xl:col-span-3">
        <p className="max-w-120 text-ink-soft">{t("nobody")}</p>
        <ButtonLink href={store ? `/products?store=${store}` : "/products"} className="self-start">
          {t("toGoods")}
        </ButtonLink>
      </Panel>
    );
  return (
    <Panel
      title={t("title")}
      aside={
        yesterday !== null && (
          <span className="text-ink-soft text-sm">{t("yesterday", { percent: yesterday })}</span>
        )
      }
      className="xl:col-span-3"
    >
      {share === null ? (
        <p className="text-ink-soft">{t("noShare")}</p>
      ) : (
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold text-xl">{share} %</span>
          <Link
            href={goodsHref("first", store)}
            className="text-ink-soft underline-offset-2 hover:underline"
          >
            {t("share", { first: number(goods.first), ranked: number(goods.ranked) })}
          </Link>
          {goods.unread > 0 && (
            <Link
              href={goodsHref("unread", store)}
              className="text-ink-soft underline-offset-2 hover:underline"
            >
              {t("unread", { count: goods.unread, shown: number(goods.unread) })}
            </Link>
          )}
        </p>
      )}
      <ShareChart days={days} />
      <ShareRange shown={shown} store={store} />
      <ul className="grid gap-x-6 border-t sm:grid-cols-2">
        {losses.map((loss) => (
          <LossLine
            key={loss}
            name={loss}
            count={goods[loss]}
            shown={number(goods[loss])}
            href={goodsHref(loss, store)}
          />
        ))}
      </ul>
    </Panel>
  );
}
