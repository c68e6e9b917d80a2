import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { MakeTaskLink } from "@/components/make-task-link";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/i18n/dates";
import type { Review } from "@/lib/reviews/list-model";
import { Stars } from "./stars";

type Props = {
  review: Review;
  /** Of which kind of list it is a part: what is the same in all of it is not said again. */
  of: "shops" | "card";
  /** Where there is more than one store. */
  showsStore?: boolean;
  isOwnSale?: boolean;
};

/** A review as a buyer wrote it, with what it is about. */
export function ReviewItem({ review, of, showsStore = false, isOwnSale = false }: Props) {
  const t = useTranslations("reviews");
  const { rating, author, text, plus, minus, pictures, cardId, cardName } = review;
  const isSilent = !text && !plus && !minus;
  return (
    <article className="flex flex-col gap-2 border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars rating={rating} />
        <span className="font-medium">{author ?? t("buyer")}</span>
        <span className="text-ink-faint text-sm">
          <Day day={review.day} oddDay={review.oddDay} />
        </span>
        {showsStore && review.storeName && <Badge>{review.storeName}</Badge>}
        {of === "card" && review.sellerName && (
          <Badge tone={isOwnSale ? "blue" : "plain"}>
            {t("soldBy", { name: review.sellerName })}
          </Badge>
        )}
      </div>
      {of === "shops" && cardId && (
        <Link
          href={`/reviews/cards/${cardId}`}
          prefetch={false}
          className="w-fit max-w-full text-blue text-sm underline-offset-2 hover:underline"
        >
          {cardName ?? t("card.unnamed", { card: cardId })}
        </Link>
      )}
      {text && <p className="max-w-prose whitespace-pre-line break-words">{text}</p>}
      {plus && <Said name={t("plus")}>{plus}</Said>}
      {minus && <Said name={t("minus")}>{minus}</Said>}
      {isSilent && <p className="text-ink-faint text-sm">{t("noText")}</p>}
      {pictures.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {pictures.map(({ small, large }, nth) => (
            <li key={large}>
              <a href={large} target="_blank" rel="noreferrer">
                {/* biome-ignore lint/performance/noImgElement: Kaspi's host serves these in the size we show. */}
                <img
                  src={small}
                  alt={t("picture", { count: nth + 1 })}
                  loading="lazy"
                  decoding="async"
                  className="size-14 rounded-sm bg-sunken object-cover"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {of === "shops" && (
        <div>
          <MakeTaskLink kind="review" id={idIn(review.key)} size="sm" />
        </div>
      )}
    </article>
  );
}

/** Kaspi's id, after that of the list. */
const idIn = (key: string) => key.slice(key.indexOf(":") + 1);

function Day({ day, oddDay }: Pick<Review, "day" | "oddDay">) {
  const t = useTranslations("reviews");
  const locale = useLocale();
  if (day) return formatDate(new Date(`${day}T00:00:00Z`), { locale, timeZone: "UTC" });
  return oddDay ? t("oddDay", { day: oddDay }) : t("noDay");
}

function Said({ name, children }: { name: string; children: string }) {
  return (
    <p className="max-w-prose break-words">
      <span className="text-ink-soft">{name}: </span>
      {children}
    </p>
  );
}
