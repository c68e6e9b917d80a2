import { useTranslations } from "next-intl";
import { Money } from "./money";

type Props = { place: number | null; total: number | null };

/** Our place among the offers of a card: «2 из 6», green when it is the first. */
export function Place({ place, total }: Props) {
  const t = useTranslations("common.place");
  if (place === null || total === null) return <Money amount={null} />;
  if (total === 1) return <span className="whitespace-nowrap text-green">{t("alone")}</span>;
  return (
    <span
      className={place === 1 ? "whitespace-nowrap font-medium text-green" : "whitespace-nowrap"}
    >
      {t("of", { place, total })}
    </span>
  );
}
