import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";

type Props = {
  /** The address it is chosen in. */
  page: string;
  stores: readonly { id: string; name: string }[];
  chosen: string | null;
};

/** Whose products a file is about. */
export function StoreChoice({ page, stores, chosen }: Props) {
  const t = useTranslations("costs.import");
  const choices = [{ id: null, name: t("ownStores") }, ...stores];
  return (
    <nav aria-label={t("store")} className="flex flex-wrap items-center gap-2">
      <span className="text-ink-soft text-sm">{t("store")}</span>
      {choices.map(({ id, name }) => (
        <Link
          key={id}
          href={id ? `${page}?store=${id}` : page}
          aria-current={id === chosen ? "true" : undefined}
          className={buttonLook({ size: "sm", look: id === chosen ? "primary" : "secondary" })}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
