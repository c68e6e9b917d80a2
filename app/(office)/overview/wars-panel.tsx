import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { PriceChange } from "@/components/repricing/price-change";
import type { Overview } from "@/lib/overview/model";
import { counted } from "./counted";
import { goodsHref } from "./links";
import { ProductLine } from "./product-line";

type Props = Overview["wars"] & { severalStores: boolean; store: string | undefined };

/** Where we and a rival drive each other down, the dearest first. Not there while there is peace. */
export function WarsPanel({ count, rows, severalStores, store }: Props) {
  const t = useTranslations("wars");
  const locale = useLocale();
  if (count === 0) return null;
  return (
    <Panel
      title={t("overview.title")}
      className="xl:col-span-5"
      aside={
        <Link
          href={goodsHref("war", store)}
          className="text-blue underline underline-offset-2 max-sm:text-sm"
        >
          {t("overview.all")}
        </Link>
      }
    >
      <p className="text-ink-soft">{t("overview.lead", counted(count, locale))}</p>
      <table className="w-full" aria-label={t("overview.table")}>
        <thead className="text-left text-ink-soft text-sm max-sm:sr-only">
          <tr className="*:whitespace-nowrap *:py-1 *:font-normal">
            <th scope="col">{t("overview.product")}</th>
            <th scope="col" className="pl-4">
              {t("overview.rival")}
            </th>
            <th scope="col" className="pl-4 text-right">
              {t("overview.price")}
            </th>
            <th scope="col" className="pl-4 text-right">
              {t("overview.lost")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((war) => (
            <tr
              key={war.id}
              className="border-t max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2 *:align-baseline sm:*:py-2"
            >
              <td className="w-full max-w-0 max-sm:col-span-2 max-sm:max-w-none">
                <ProductLine
                  productId={war.productId}
                  name={war.name}
                  besides={[severalStores && war.storeName, war.answer && t("overview.answered")]}
                />
              </td>
              <td className="max-w-48 truncate text-ink-soft max-sm:col-span-2 max-sm:text-sm sm:pl-4">
                {war.rivalName ?? t("seller", { id: war.rivalId })}
              </td>
              <td className="whitespace-nowrap sm:pl-4 sm:text-right">
                <PriceChange before={war.priceBefore} after={war.price} />
              </td>
              <td className="whitespace-nowrap pl-4 text-right font-medium text-red">
                <Money amount={Math.max(0, war.priceBefore - war.price)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
