import { randomUUID } from "node:crypto";
import { tenge } from "@/lib/core/money";
import type { MarketOffer } from "@/lib/kaspi/competitor-offers";
import { ruleOf, sha256, stateOf } from "@/lib/repricing/check/check-products";
import {
  type CheckSubject,
  enabledSubjects,
  openPricingRun,
} from "@/lib/repricing/check/check-queries";
import { type Look, saveChecks } from "@/lib/repricing/check/save-checks";
import { insertObservations } from "@/lib/repricing/check/save-queries";
import type { DecisionInput } from "@/lib/repricing/decide/model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Bench, Figure } from "./figure";
import { type Office, openOffice } from "./office";
import { median, timed } from "./stopwatch";
import { watchedStore } from "./watched";

const WATCHED = 800;
const ROUNDS = 60;
const BATCH = 200;
const VERIFIED = 3;

/** The ledger of decisions: how fast it is written, with the markets it rests on, and how fast proven. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedStore(office, "demo", WATCHED);
  const known = await writeLedger(office, storeId, { isKnown: true });
  const fresh = await writeLedger(office, storeId, { isKnown: false });
  return [
    { ...known, what: "decisions saved, one process", target: { least: 5_000 } },
    { ...fresh, what: "decisions saved, each with a market of ten rivals" },
    await verifyAll(office),
  ];
};

async function writeLedger(
  { access, database: { sql }, pids }: Office,
  storeId: string,
  { isKnown }: { isKnown: boolean },
): Promise<Pick<Figure, "value" | "unit" | "note">> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) throw new Error("the store is not at work");
  const { db } = access;
  const run = { storeId, trigger: "schedule", dryRun: false, startedAt: access.clock() } as const;
  const runId = await openPricingRun(db, run);
  const batch = { storeId, merchantId: store.merchantId, runId, dryRun: false };
  const total = { saved: 0, wall: 0, own: 0, postgres: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const subjects = await enabledSubjects(db, storeId, {
      after: null,
      limit: WATCHED,
      now: access.clock(),
    });
    const looks = subjects.map((subject, nth) =>
      lookAt(store, subject, access.clock(), round + nth),
    );
    // The markets are stored by now: of a product that is decided anew because its rule has changed.
    if (isKnown) await storeMarkets(access.db, looks);
    const { result, wall, own, postgres } = await timed(pids, async () => {
      let saved = 0;
      for (let from = 0; from < looks.length; from += BATCH) {
        const part = looks.slice(from, from + BATCH);
        saved += (await db.transaction((tx) => saveChecks(tx, batch, part, access.clock()))).length;
      }
      return saved;
    });
    total.saved += result;
    total.wall += wall;
    total.own += own;
    total.postgres += postgres;
    // Whatever was decided has been sent by the time the next is.
    await sql`update decisions set state = 'confirmed' where state = 'pending'`;
  }
  const { saved, wall, own, postgres } = total;
  return {
    value: (saved / wall) * 1000,
    unit: "per second",
    note: `${saved} decisions; CPU ${each(own, saved)}, Postgres ${each(postgres, saved)} each`,
  };
}

async function storeMarkets(db: Office["access"]["db"], looks: Look[]): Promise<void> {
  const rows = looks.flatMap(({ subject, observed }) =>
    observed
      ? [
          {
            id: observed.observationId,
            cardId: subject.cardId ?? "",
            cityId: subject.cityId,
            contentHash: observed.contentHash,
            offers: observed.offers,
            total: observed.total,
            firstSeenAt: observed.observedAt,
            lastSeenAt: observed.observedAt,
          },
        ]
      : [],
  );
  await insertObservations(db, rows);
  for (const { observed } of looks) if (observed) observed.isKnown = true;
}

const each = (ms: number, decisions: number) => `${((ms / decisions) * 1000).toFixed(0)} µs`;

async function verifyAll({ access, pids }: Office): Promise<Figure> {
  const rates: number[] = [];
  let note = "";
  for (let nth = 0; nth < VERIFIED; nth += 1) {
    const { result, wall, own, postgres } = await timed(pids, () => verifyLedgers(access.db, {}));
    const [verdict] = result;
    if (!verdict || verdict.flaws.length > 0) throw new Error(JSON.stringify(verdict?.flaws));
    const { seq } = verdict.head;
    rates.push((seq / wall) * 1000);
    const heap = `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MB`;
    note = `CPU ${each(own, seq)}, Postgres ${each(postgres, seq)} each; heap ${heap}`;
  }
  return {
    what: "decisions verified and decided anew, one process",
    value: median(rates),
    unit: "per second",
    target: { least: 20_000 },
    note,
  };
}

type AtWork = NonNullable<Awaited<ReturnType<typeof storeAtWork>>>;

/** A look at a product whose ten rivals stand about its price, at other prices each time. */
function lookAt(store: AtWork, subject: CheckSubject, now: Date, salt: number): Look {
  const price = subject.shownPrice ?? tenge(10_000);
  const offers = Array.from({ length: 10 }, (_, nth): MarketOffer => {
    const share = 0.95 + ((salt * 7 + nth * 13) % 100) / 1000;
    return {
      merchantId: `9900${nth}`,
      merchantName: `Rival ${nth}`,
      price: tenge(Math.max(10, Math.round(price * share))),
      rating: 4.8,
      reviews: 120,
      delivery: "tomorrow",
      deliveryAt: null,
      preorderDays: 0,
    };
  });
  const own = new Set([store.merchantId]);
  const market = { kind: "seen", rivals: rivalsOf(offers, own), observedAt: now } as const;
  const known = { ...ruleOf(store, subject), ...stateOf(subject) };
  const input: DecisionInput = { ...known, now, minuteOfWeek: 600, ownDelivery: null, market };
  const contentHash = sha256(JSON.stringify([offers.length, offers]));
  const seen = { observationId: randomUUID(), isKnown: false, contentHash, offers };
  const observed = { ...seen, total: offers.length, ownMerchants: own, observedAt: now };
  const { rule } = known;
  return { subject, rule, input, decision: decidePrice(input), observed, since: now };
}
