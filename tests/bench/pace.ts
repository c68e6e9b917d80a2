import type { Bench } from "./figure";
import { openOffice } from "./office";
import { timed } from "./stopwatch";
import { makeDue, repriceAllDue, watchedPart } from "./watched";

const PRODUCTS = 500;
const READS_PER_SECOND = 8;

/** How much of what one exit's pace allows is used. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedPart(office, PRODUCTS);
  await office.database
    .sql`update exits set reads_per_second = ${READS_PER_SECOND}, next_slot_at = null`;
  await makeDue(office);
  const { result, wall } = await timed(office.pids, () => repriceAllDue(office, storeId));
  const rate = (result / wall) * 1000;
  return [
    {
      what: `share of one exit's pace over ${result} products`,
      value: (rate / READS_PER_SECOND) * 100,
      unit: "%",
      target: { least: 95 },
      baseline: { what: "products/s its pace allows", value: READS_PER_SECOND },
      note: `${rate.toFixed(2)} products/s in ${(wall / 1000).toFixed(1)} s`,
    },
  ];
};
