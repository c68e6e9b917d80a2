import { useTranslations } from "next-intl";
import { DecisionSaid } from "@/components/repricing/decision-said";
import type { ProductLine } from "./product-line";

/** Why the price is as it is, and what became of the decision; or what the first one waits for. */
export function DecisionCell({ product }: { product: ProductLine }) {
  const t = useTranslations("products.row");
  const { decision, botEnabled, floor } = product;
  if (decision) return <DecisionSaid words={decision} />;
  const waiting = botEnabled ? "first" : floor === null ? "noFloor" : "off";
  return <p className="line-clamp-2 text-ink-faint leading-4">{t(`waiting.${waiting}`)}</p>;
}
