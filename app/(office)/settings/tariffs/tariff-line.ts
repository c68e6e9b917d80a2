import type { Tariff } from "@/lib/costs/model";
import { formatDate } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locales";

/** What every panel of the page knows. */
export type PanelProps = {
  /** Null: for all stores. */
  storeId: string | null;
  /** `2026-03-01` in the workspace's zone. */
  today: string;
  mayWrite: boolean;
  tariffs: readonly Tariff[];
};

/** A dated tariff as a list has it. */
export type TariffLine = {
  id: string;
  day: string;
  text: string;
  source: string | null;
  state: "past" | "now" | "later";
};

/** The one that counts on a day. */
export function countingOn<Kind extends Tariff>(tariffs: readonly Kind[], day: string) {
  return tariffs
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((one, two) => (one.validFrom < two.validFrom ? 1 : -1))
    .at(0);
}

/** The newest first; the one that counts today is marked. */
export function tariffLines<Kind extends Tariff>(
  tariffs: readonly Kind[],
  today: string,
  locale: Locale,
  say: (tariff: Kind) => string,
): TariffLine[] {
  const sorted = tariffs.toSorted((one, two) => (one.validFrom < two.validFrom ? 1 : -1));
  const isNow = (tariff: Kind) =>
    countingOn(
      tariffs.filter(({ category }) => category === tariff.category),
      today,
    ) === tariff;
  return sorted.map((tariff) => ({
    id: tariff.id,
    day: formatDate(new Date(tariff.validFrom), { locale, timeZone: "UTC" }),
    text: say(tariff),
    source: tariff.source,
    state: isNow(tariff) ? "now" : tariff.validFrom > today ? "later" : "past",
  }));
}
