import { catalogue } from "@/lib/kaspi-twin/catalogue";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { beginWalk } from "@/lib/reviews/begin-walk";
import { finishWalk } from "@/lib/reviews/finish-walk";
import { reviewsQuery } from "@/lib/reviews/model";
import { reviewsPage } from "@/lib/reviews/read-list";
import { sourceOf } from "@/lib/reviews/source-queries";
import { walkPages } from "@/lib/reviews/walk-source";
import type { Bench } from "./figure";
import { openOffice } from "./office";
import { memoryOf } from "./processes";
import { median } from "./stopwatch";
import { controlTwin } from "./twin";

const REVIEWS = 10_000;
const ROUNDS = 15;

/** A card with ten thousand reviews: to read them all, to find nothing new, to analyse and to list them. */
export const bench: Bench = async () => {
  const { access, owner, twin } = await openOffice();
  const { db, clock } = access;
  const cardId = catalogue("duken").card(0).id;
  await controlTwin(twin, "silenceReviews", { cardId });
  const text = "Пришёл вовремя, упаковка целая, всё как в описании. ".repeat(4);
  const more = { text, plus: "Цена", minus: "Нет", pictures: 1 };
  for (const [nth, merchantUid] of ["Sulpak", "30518274", "17203946", null].entries())
    await controlTwin(twin, "addReviews", {
      ...{ cardId, merchantUid, count: REVIEWS / 4, days: 700, rating: 5 - nth, ...more },
    });
  const { id } = await sourceOf(db, "card", cardId);
  const read = async () => {
    const start = performance.now();
    const order = { sourceId: id, storeId: null, runId: null, by: `bench ${start}` };
    let walk = await beginWalk(access, order);
    if (!walk) throw new Error("somebody else walks the list");
    while (walk.end === null) walk = await walkPages(access, order, walk);
    await finishWalk(access, order, walk);
    return { seconds: (performance.now() - start) / 1_000, met: walk.met };
  };
  const before = memoryOf(process.pid);
  const first = await read();
  const again = await read();
  const took = async (work: () => Promise<unknown>) => {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await work();
      rounds.push(performance.now() - start);
    }
    return median(rounds);
  };
  const page = (asked: object) =>
    reviewsPage(db, { cardSourceId: id }, reviewsQuery.parse(asked), clock());
  const analysed = await took(() => analyseCard(db, owner, cardId, clock()));
  const found = await analyseCard(db, owner, cardId, clock());
  const note = `read ${first.met}, analysed ${found?.read ?? 0}`;
  const named = `${REVIEWS.toLocaleString("en")} reviews of a card`;
  return [
    { what: `${named} read and kept, without pace`, value: first.seconds, unit: "s", note },
    { what: `${named} read again, nothing new`, value: again.seconds, unit: "s" },
    { what: `${named} analysed`, value: analysed, unit: "ms", target: { most: 300 } },
    { what: `${named}, a page of them`, value: await took(() => page({})), unit: "ms" },
    {
      what: `${named}, searched by words`,
      value: await took(() => page({ q: "целая" })),
      unit: "ms",
    },
    {
      what: `${named}, memory of the process that read and analysed them`,
      value: memoryOf(process.pid),
      unit: "MB",
      baseline: { what: "before", value: before },
    },
  ];
};
