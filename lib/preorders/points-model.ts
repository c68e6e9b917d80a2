import type { PointQuantity } from "./model";

/** Kaspi's table of goods knows five points, PP1 to PP5 (protocol D2). */
export const TABLE_POINTS = 5;

/** Which of the five a point is, from 1; null: none of them. */
export function tablePoint(pointId: string, merchantId: string): number | null {
  const [, nth] = /^PP([1-5])$/.exec(shortPoint(pointId, merchantId)) ?? [];
  return nth === undefined ? null : Number(nth);
}

/** The full id of one of the five. */
export const pointOfTable = (nth: number, merchantId: string): string => `${merchantId}_PP${nth}`;

/** Pieces by the five points in their order, 0 for those that are not used. */
export function byTablePoint(points: readonly PointQuantity[], merchantId: string): number[] {
  const counts = Array.from({ length: TABLE_POINTS }, () => 0);
  for (const { pointId, quantity } of points) {
    const nth = tablePoint(pointId, merchantId);
    if (nth !== null) counts[nth - 1] = quantity;
  }
  return counts;
}

/** Those of these points that Kaspi's table has no column for. */
export const outsideTable = (pointIds: readonly string[], merchantId: string): string[] =>
  pointIds.filter((pointId) => tablePoint(pointId, merchantId) === null);

/** A point as sellers know it, without the merchant in front. */
export const shortPoint = (pointId: string, merchantId: string): string =>
  pointId.startsWith(`${merchantId}_`) ? pointId.slice(merchantId.length + 1) : pointId;
