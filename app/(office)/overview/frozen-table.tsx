import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { TimeAgo } from "@/components/time-ago";
import { changeText } from "@/lib/i18n/change";
import type { Overview } from "@/lib/overview/model";
import { counted } from "./counted";
import { frozenHref } from "./links";
import { Point } from "./point";
import { ProductLine } from "./product-line";

type Props = Overview["frozen"] & { severalStores: boolean; store: string | undefined };

/** Prices the bot will not change without a person; they are answered together on a page of their own. */
export function FrozenTable({ count, rows, severalStores, store }: Props) {
  const t = useTranslations("overview.wants");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-baseline justify-between gap-4">
        <Point tone="amber">
          {t("frozen", counted(count, locale))}. {t("frozenWhy")}
        </Point>
        <Link href={frozenHref(store)} className="shrink-0 text-blue underline underline-offset-2">
          {t("all")}
        </Link>
      </p>
      <table className="w-full" aria-label={t("frozenTable")}>
        <thead className="text-left text-ink-soft text-sm max-sm:sr-only">
          <tr className="*:py-1 *:font-normal">
            <th scope="col">{t("product")}</th>
            <th scope="col" className="pl-4 text-right">
              {t("now")}
            </th>
            <th scope="col" className="pl-4 text-right">
              {t("wanted")}
            </th>
            <th scope="col" className="pl-4 text-right">
              {t("change")}
            </th>
            <th scope="col" className="pl-4 max-sm:hidden">
              {t("since")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.decisionId}
              className="border-t max-sm:grid max-sm:grid-cols-[auto_auto_1fr] max-sm:py-2 *:align-baseline sm:*:py-2"
            >
              <td className="w-full max-w-0 max-sm:col-span-3 max-sm:max-w-none">
                <ProductLine
                  productId={row.productId}
                  name={row.name}
                  besides={[severalStores && row.storeName, row.cityName]}
                />
              </td>
              <td className="text-right max-sm:text-ink-soft sm:pl-4">
                <Money amount={row.price} />
              </td>
              <td className="pl-4 text-right font-medium">
                <Money amount={row.wanted} />
              </td>
              <td className="whitespace-nowrap pl-4 text-right text-ink-soft">
                {changeText(row.price, row.wanted, locale)?.percent}
              </td>
              <td className="whitespace-nowrap pl-4 text-ink-soft text-sm max-sm:hidden">
                <TimeAgo at={row.decidedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
