import { useTranslations } from "next-intl";
import { AboutTime } from "@/components/about-time";
import { TimeAgo } from "@/components/time-ago";
import { cn } from "@/components/ui/class-names";
import type { Tone } from "@/components/ui/notice";
import type { DecisionWords } from "./decision-words";

const loud: Partial<Record<Tone, string>> = { amber: "text-amber", red: "text-red" };

type Props = {
  words: DecisionWords;
  /** Where the row says when in a column of its own. */
  timeElsewhere?: boolean;
};

/** Why the price is as it is, and what became of the decision, in two lines of a table. */
export function DecisionSaid({ words, timeElsewhere = false }: Props) {
  const t = useTranslations("products.row");
  const { text, fate, at, goesAt } = words;
  const when = goesAt ? (
    t.rich("goes", { when: () => <AboutTime at={goesAt} /> })
  ) : timeElsewhere ? null : (
    <TimeAgo at={at} />
  );
  return (
    <div className="min-w-0" title={text}>
      <p className={cn("leading-4 max-md:line-clamp-none", fate ? "line-clamp-1" : "line-clamp-2")}>
        {text}
      </p>
      {(fate || when) && (
        <p className={cn("flex gap-1 text-ink-faint text-xs", !fate && "md:hidden")}>
          {fate && (
            <span className={cn("truncate", loud[fate.tone])} title={fate.text}>
              {fate.text.replace(/\.$/, "")}
              {when && ","}
            </span>
          )}
          {when && <span className="shrink-0">{when}</span>}
        </p>
      )}
    </div>
  );
}
