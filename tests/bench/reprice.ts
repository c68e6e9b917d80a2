import type { Bench, Figure } from "./figure";
import { openOffice } from "./office";
import { timed } from "./stopwatch";
import { controlTwin } from "./twin";
import { makeDue, repriceAllDue, watchedPart } from "./watched";

const PRODUCTS = 10_000;
const HOUR_MS = 60 * 60_000;
const rounds = ["every product new", "market unchanged", "market an hour later"] as const;

/** Read → decided → saved, as fast as the machine can. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedPart(office, PRODUCTS);
  const figures: Figure[] = [];
  for (const round of rounds) {
    if (round === "market an hour later")
      await controlTwin(office.twin, "advance", { ms: HOUR_MS });
    await makeDue(office);
    const { result, wall, own, postgres, twin } = await timed(office.pids, () =>
      repriceAllDue(office, storeId),
    );
    const each = (ms: number) => `${(ms / result).toFixed(2)} ms`;
    figures.push(
      {
        what: `repricing, pacing off, ${round}`,
        value: (result / wall) * 1000,
        unit: "products/s",
        target: { least: 1_000 },
        note: `${result} products read, decided and saved`,
      },
      {
        what: `repricing, CPU per product, ${round}`,
        value: (own + postgres + twin) / result,
        unit: "ms",
        note: `own ${each(own)}, Postgres ${each(postgres)}, twin ${each(twin)}`,
      },
    );
  }
  return figures;
};
