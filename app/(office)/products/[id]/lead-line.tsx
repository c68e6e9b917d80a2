import { useTranslations } from "next-intl";
import type { LeadFacts } from "@/lib/repricing/check/lead-queries";

/** Who of the own stores goes for the first place on this card, and why. */
export function LeadLine({ lead }: { lead: LeadFacts | null }) {
  const t = useTranslations("ownStores.line");
  if (!lead) return null;
  const why = t(`why.${lead.why}`);
  if (lead.leads === "this") return <p className="text-ink-soft text-sm">{t("this", { why })}</p>;
  return (
    <p className="text-ink-soft text-sm">
      {lead.name === null ? t("hidden") : t("other", { name: lead.name, why })} {t(lead.followers)}
    </p>
  );
}
