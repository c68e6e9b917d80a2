import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { formatNumber } from "@/lib/i18n/money";
import type { OfferLine } from "./offer-line";

type Props = { offer: OfferLine };

export function Delivery({ offer: { delivery } }: Props) {
  const t = useTranslations("products.product.delivery");
  return delivery ? t(delivery) : <Money amount={null} />;
}

/** «4,9 · 123 отзыва». */
export function Rating({ offer: { rating, reviews } }: Props) {
  const t = useTranslations("products.product.market");
  const locale = useLocale();
  const count = reviews
    ? t("reviews", { count: reviews, total: formatNumber(reviews, locale) })
    : null;
  const stars = rating === null ? null : formatNumber(rating, locale);
  return [stars, count].filter(Boolean).join(" · ") || t("unrated");
}
