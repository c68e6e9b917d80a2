import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { cn } from "@/components/ui/class-names";
import type { Tone } from "@/components/ui/notice";
import type { ProductLine } from "./product-line";

const loud: Partial<Record<Tone, string>> = { amber: "text-amber", red: "text-red" };

/** Why the price is as it is, and what became of the decision. */
export function DecisionCell({ product }: { product: ProductLine }) {
  const t = useTranslations("products.row");
  const { decision, botEnabled, floor } = product;
  if (!decision) {
    const waiting = botEnabled ? "first" : floor === null ? "noFloor" : "off";
    return <p className="line-clamp-2 text-ink-faint leading-4">{t(`waiting.${waiting}`)}</p>;
  }
  const { text, fate, at, goesAt } = decision;
  return (
    <div className="min-w-0" title={text}>
      <p className={cn("leading-4 max-md:line-clamp-none", fate ? "line-clamp-1" : "line-clamp-2")}>
        {text}
      </p>
      <p className={cn("truncate text-ink-faint text-xs", !fate && "md:hidden")}>
        {fate && <span className={loud[fate.tone]}>{fate.text.replace(/\.$/, "")}, </span>}
        {goesAt ? t.rich("goes", { when: () => <TimeAgo at={goesAt} /> }) : <TimeAgo at={at} />}
      </p>
    </div>
  );
}
