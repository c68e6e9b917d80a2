import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { Overview, StoreStanding } from "@/lib/overview/model";
import { counted } from "./counted";

const worstFirst: Exclude<StoreStanding, "works">[] = [
  "needs_login",
  "stopped",
  "paused",
  "held",
  "login_waits",
  "writes_blocked",
  "sync_late",
  "loading",
];

/** The whole page in one sentence: everything works, or how much of it does and what is the matter. */
export function leadText(t: Translator, locale: Locale, overview: Overview): string {
  const { stores, goods, jobs, exits, isStopped } = overview;
  const number = (count: number) => counted(count, locale);
  if (isStopped) return t("overview.lead.stopped");
  const [only] = stores;
  if (stores.length === 1 && only && only.standing !== "works")
    return t("overview.lead.only", {
      store: only.name,
      standing: t(`overview.health.standing.${only.standing}`),
    });
  const working = stores.filter(({ standing }) => standing === "works").length;
  if (working < stores.length) {
    const trouble = worstFirst.flatMap((standing) => {
      const count = stores.filter((store) => store.standing === standing).length;
      return count > 0 ? [t(`overview.lead.trouble.${standing}`, number(count))] : [];
    });
    return t("overview.lead.partly", {
      working: t("overview.lead.working", number(working)),
      total: number(stores.length).shown,
      trouble: trouble.join(", "),
    });
  }
  if (jobs.length > 0 || exits.every(({ state }) => state !== "works"))
    return t("overview.lead.background");
  const waits = waiting(overview) > 0;
  if (goods.watched === 0 && !waits) return t("overview.lead.idle");
  return t(waits ? "overview.lead.working_waits" : "overview.lead.works", {
    stores: t("overview.lead.stores", number(stores.length)),
    goods: t("overview.lead.goods", number(goods.watched)),
  });
}

/** How many prices wait for a person: frozen, or kept back with others. */
export function waiting({ stores, frozen }: Pick<Overview, "stores" | "frozen">): number {
  return frozen.count + stores.reduce((sum, { held }) => sum + held, 0);
}
