import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { Overview, StoreHealth } from "@/lib/overview/model";
import { counted } from "./counted";
import { StoreLine } from "./store-line";
import { WorkLines } from "./work-lines";

const SHOWN = 5;

/** What is the matter comes first, then what is under way. */
function interest({ standing, run, isPricing }: StoreHealth): number {
  if (standing !== "works") return 0;
  return run || isPricing ? 1 : 2;
}

type Props = Pick<Overview, "stores" | "jobs" | "exits" | "reading" | "isStopped">;

/** Is everything working: stores with something the matter first, then what they all stand on. */
export function HealthPanel({ stores, ...works }: Props) {
  const t = useTranslations("overview.health");
  const locale = useLocale();
  const ordered = stores.toSorted((a, b) => interest(a) - interest(b));
  const rest = Math.max(0, ordered.length - SHOWN);
  return (
    <Panel
      title={t("title")}
      className="xl:col-span-2"
      aside={
        <Link href="/status" className="text-blue text-sm underline-offset-2 hover:underline">
          {t("toStatus")}
        </Link>
      }
    >
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
      <WorkLines
        {...works}
        stopped={stores.filter(({ standing }) => standing === "stopped").length}
        held={stores.filter(({ standing }) => standing === "held").length}
      />
    </Panel>
  );
}
