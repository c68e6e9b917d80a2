import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { MissingInput } from "@/lib/costs/model";

/** Set on the page of tariffs; everything else in the form of the product. */
const ofTariffs: readonly MissingInput[] = ["commission", "kaspi_pay", "tax", "delivery_tariff"];

type Props = { missing: readonly MissingInput[]; counts: boolean };

/** What keeps the floor from being computed, and where it is set. */
export function MissingNote({ missing, counts }: Props) {
  const t = useTranslations("costs.missing");
  return (
    <Notice tone={counts ? "amber" : "plain"} title={t("title")}>
      <ul className="flex flex-col gap-0.5">
        {missing.map((name) => (
          <li key={name}>
            {t(name)}: <span className="text-ink-soft">{t("notSet", { what: name })}</span>
          </li>
        ))}
      </ul>
      {missing.some((name) => ofTariffs.includes(name)) && (
        <Link href="/settings/tariffs" className="underline underline-offset-4">
          {t("toTariffs")}
        </Link>
      )}
    </Notice>
  );
}
