import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { Overview } from "@/lib/overview/model";
import { counted } from "./counted";
import { StoreLine } from "./store-line";
import { WorkLines } from "./work-lines";

const SHOWN = 5;

type Props = Pick<Overview, "stores" | "jobs" | "exits" | "isStopped">;

/** Is everything working: stores with something the matter first, then what they all stand on. */
export function HealthPanel({ stores, ...works }: Props) {
  const t = useTranslations("overview.health");
  const locale = useLocale();
  const ordered = stores.toSorted(
    (a, b) => Number(a.standing === "works") - Number(b.standing === "works"),
  );
  const rest = Math.max(0, ordered.length - SHOWN);
  return (
    <Panel title={t("title")} className="xl:col-span-2">
      <ul className="flex flex-col gap-3">
        {ordered.slice(0, SHOWN).map((store) => (
          <StoreLine key={store.id} store={store} />
        ))}
      </ul>
      {rest > 0 && (
        <Link href="/stores" className="text-blue text-sm underline-offset-2 hover:underline">
          {t("more", counted(rest, locale))}
        </Link>
      )}
      <WorkLines {...works} />
    </Panel>
  );
}
