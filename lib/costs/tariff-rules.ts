import type { ChosenTariffs, Tariff, TariffKind } from "./model";

type Subject = { storeId: string; category: string | null };

/** The tariffs that count for a product on a day (`2026-03-01`), and until when they do. */
export function tariffsOn(
  tariffs: readonly Tariff[],
  subject: Subject,
  day: string,
): ChosenTariffs {
  const meant = tariffs.filter((tariff) => isMeant(tariff, subject));
  const later = meant.map(({ validFrom }) => validFrom).filter((from) => from > day);
  return {
    commission: newest(meant, "commission", day),
    kaspi_pay: newest(meant, "kaspi_pay", day),
    tax: newest(meant, "tax", day),
    delivery: newest(meant, "delivery", day),
    usual: newest(meant, "usual", day),
    until: later.reduce<string | null>(
      (first, from) => (first === null || from < first ? from : first),
      null,
    ),
  };
}

function isMeant({ storeId, category }: Tariff, subject: Subject): boolean {
  const ofStore = storeId === null || storeId === subject.storeId;
  return ofStore && (category === "" || category === subject.category);
}

/** Its category's before the one for all, its store's before the installation's, the newest before older ones. */
function newest<Kind extends TariffKind>(meant: readonly Tariff[], kind: Kind, day: string) {
  type Wanted = Extract<Tariff, { kind: Kind }> | Extract<ChosenTariffs[Kind], { value: unknown }>;
  const known = meant.filter((one) => one.kind === kind && one.validFrom <= day);
  const [best] = known.sort(
    (one, other) =>
      Number(other.category !== "") - Number(one.category !== "") ||
      Number(other.storeId !== null) - Number(one.storeId !== null) ||
      (one.validFrom < other.validFrom ? 1 : -1),
  );
  return (best as Wanted | undefined) ?? null;
}
