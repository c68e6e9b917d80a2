import type { Tone } from "@/components/ui/notice";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { StorePoint } from "@/lib/preorders/model";
import { shortPoint } from "@/lib/preorders/points-model";
import type { PreorderRow } from "@/lib/preorders/queries";
import { whyText } from "@/lib/preorders/words";

/** A preorder as the browser gets it. */
export type PreorderLine = Pick<
  PreorderRow,
  | "id"
  | "productId"
  | "storeId"
  | "name"
  | "article"
  | "imageUrl"
  | "price"
  | "shownPrice"
  | "onSale"
  | "leadDays"
  | "status"
  | "createdAt"
  | "sentAt"
  | "activeAt"
  | "endedAt"
> & {
  /** The store, where there are several. */
  where: string | null;
  arrives: string;
  points: { pointId: string; label: string; pieces: string }[];
  state: { text: string; tone: Tone; live: boolean };
  why: string | null;
  /** Points of the store to choose from, with what each is to get. */
  choice: (StorePoint & { quantity: number })[];
  mayEdit: boolean;
  maySend: boolean;
  /** Its price is far from the present one, and has to be meant. */
  isDoubtful: boolean;
};

type Reader = {
  t: Translator;
  locale: Locale;
  severalStores: boolean;
  /** The open points of each store. */
  points: ReadonlyMap<string, readonly StorePoint[]>;
};

const tones: Record<PreorderRow["status"], Tone> = {
  draft: "plain",
  sent: "blue",
  active: "green",
  cancelled: "plain",
  completed: "plain",
};
const doubts: ReadonlySet<string | null> = new Set(["price_far_from_current", "price_unknown"]);

export function preorderLine(row: PreorderRow, reader: Reader): PreorderLine {
  const { t, locale, severalStores, points: known } = reader;
  const { merchantId, leadDays: count, endedAt, ending, why } = row;
  const counted = (value: number) => ({ count: value, shown: formatNumber(value, locale) });
  const isIdle = endedAt === null && ending === null && !row.isWaiting && !row.isSending;
  const isUnsent = row.status === "draft" || (row.status === "sent" && why !== null);
  return {
    id: row.id,
    productId: row.productId,
    storeId: row.storeId,
    name: row.name,
    article: row.article,
    imageUrl: row.imageUrl,
    price: row.price,
    shownPrice: row.shownPrice,
    onSale: row.onSale,
    leadDays: row.leadDays,
    status: row.status,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    activeAt: row.activeAt,
    endedAt,
    where: severalStores ? row.storeName : null,
    arrives: t("preorders.days", counted(count)),
    points: row.points.map(({ pointId, quantity }) => ({
      pointId,
      label: shortPoint(pointId, merchantId),
      pieces: t("preorders.pieces", counted(quantity)),
    })),
    state: stateOf(row, t),
    why: why === null ? null : whyText(t, why),
    choice: choiceOf(row, known.get(row.storeId) ?? []),
    mayEdit: row.mayChange && endedAt === null && ending === null,
    maySend: row.mayChange && isIdle && isUnsent,
    isDoubtful: doubts.has(why),
  };
}

function stateOf(row: PreorderRow, t: Translator): PreorderLine["state"] {
  if (row.ending) return { text: t(`preorders.doing.${row.ending}`), tone: "amber", live: true };
  if (row.isSending) return { text: t("preorders.doing.sending"), tone: "blue", live: true };
  if (row.isWaiting) return { text: t("preorders.doing.waiting"), tone: "blue", live: true };
  const live = row.status === "sent";
  return { text: t(`preorders.status.${row.status}`), tone: tones[row.status], live };
}

/** What it has stays to be chosen, also where the store has closed the point since. */
function choiceOf(
  { points, merchantId }: PreorderRow,
  known: readonly StorePoint[],
): PreorderLine["choice"] {
  const quantityAt = new Map(points.map(({ pointId, quantity }) => [pointId, quantity]));
  const closed = points
    .filter(({ pointId }) => !known.some((point) => point.pointId === pointId))
    .map(({ pointId }) => ({ pointId, label: shortPoint(pointId, merchantId), cityName: "" }));
  return [...known, ...closed].map((point) => ({
    ...point,
    quantity: quantityAt.get(point.pointId) ?? 0,
  }));
}
