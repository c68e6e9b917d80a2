import { StarFilledIcon, StarIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";

const all = [1, 2, 3, 4, 5];
const LOW = 2;

/** What a buyer has given; red where they were unhappy. */
export function Stars({ rating }: { rating: number | null }) {
  const t = useTranslations("reviews");
  if (rating === null) return <span className="text-ink-faint text-sm">{t("noStars")}</span>;
  return (
    <span
      role="img"
      aria-label={t("stars", { count: rating })}
      className={cn("inline-flex gap-px", rating <= LOW ? "text-red" : "text-amber")}
    >
      {all.map((nth) => (nth <= rating ? <StarFilledIcon key={nth} /> : <StarIcon key={nth} />))}
    </span>
  );
}
