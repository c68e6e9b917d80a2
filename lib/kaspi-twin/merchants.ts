export type Point = {
  /** As the cabinet writes it: merchant, underscore, code. */
  id: string;
  code: string;
  cityId: string;
  active: boolean;
};

export type Merchant = {
  uid: string;
  name: string;
  points: readonly Point[];
  /** It sells `offers` neighbouring cards of the catalogue, starting here. */
  firstCard: number;
  offers: number;
  rating: number | null;
  reviews: number | null;
};

const ALMATY = "750000000";
const ASTANA = "710000000";
const SHYMKENT = "511010000";
const TALGAR = "196220100";

function merchant(
  uid: string,
  name: string,
  shelf: { firstCard: number; offers: number },
  places: Record<string, string>,
  [rating, reviews]: [number | null, number | null] = [4.8, 231],
): Merchant {
  const points = Object.entries(places).map(([code, cityId]) => ({
    id: `${uid}_${code}`,
    code,
    cityId,
    active: code !== "PP9",
  }));
  return { uid, name, points, ...shelf, rating, reviews };
}

export const DEMO = "30518274";
export const SMALL = "17203946";
export const TWO_ASTANA = "30771205";
export const TWO_ALMATY = "30771311";
export const BIG = "20450087";
export const CODE = "18640215";
export const CHOOSE_FIRST = "30901122";
export const CHOOSE_SECOND = "30901133";
export const SMS = "ArmanTrade";

/** The small shop shares 10 cards with the demo shop, the two shops of one login share 15. */
export const merchants: readonly Merchant[] = [
  merchant(
    DEMO,
    "Дүкен Демо",
    { firstCard: 0, offers: 1_000 },
    {
      PP1: ALMATY,
      PP2: ASTANA,
      PP3: ALMATY,
      PP9: ASTANA,
    },
  ),
  merchant(SMALL, "Лавка у дома", { firstCard: 990, offers: 50 }, { PP1: ALMATY }, [4.6, 18]),
  merchant(TWO_ASTANA, "ИП Сериков Астана", { firstCard: 2_000, offers: 50 }, { PP1: ASTANA }),
  merchant(
    TWO_ALMATY,
    "ИП Сериков Алматы",
    { firstCard: 2_035, offers: 50 },
    {
      PP1: ALMATY,
      "041600": TALGAR,
    },
  ),
  merchant(
    BIG,
    "Большой склад",
    { firstCard: 10_000, offers: 50_000 },
    {
      PP1: ALMATY,
      PP2: ASTANA,
      PP3: SHYMKENT,
      "7296": ALMATY,
    },
  ),
  merchant(CODE, "Магазин с кодом из письма", { firstCard: 3_000, offers: 50 }, { PP1: ALMATY }),
  merchant(CHOOSE_FIRST, "Первый из двух", { firstCard: 3_100, offers: 50 }, { PP1: ALMATY }),
  merchant(CHOOSE_SECOND, "Второй из двух", { firstCard: 3_200, offers: 50 }, { PP1: ASTANA }),
  merchant(SMS, "Арман Трейд", { firstCard: 3_300, offers: 50 }, { "2": ALMATY }, [null, null]),
];

const byUid = new Map(merchants.map((one) => [one.uid, one]));

export function findMerchant(uid: string): Merchant | null {
  return byUid.get(uid) ?? null;
}

export function merchantsOnCard(cardIndex: number): Merchant[] {
  return merchants.filter(
    ({ firstCard, offers }) => cardIndex >= firstCard && cardIndex < firstCard + offers,
  );
}
