import { randomUUID } from "node:crypto";
import type { Tenge } from "@/lib/core/money";
import { DAY, HOUR, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { DecisionState, Place, PriceDecision } from "@/lib/repricing/decide/model";
import { placeAt, placeOf } from "@/lib/repricing/decide/place-rules";
import { ledgerInputs } from "@/lib/repricing/decide/replay-rules";
import { countRivals } from "@/lib/repricing/decide/rival-filter-rules";
import { RULES_VERSION } from "@/lib/repricing/decide/rules";
import { forgetAgreed } from "@/lib/repricing/hold/answer-queries";
import {
  lockLedger,
  moveLedger,
  supersede,
  type Unsent,
  unsentOf,
} from "@/lib/repricing/ledger/ledger-queries";
import {
  type LedgerEntry,
  type LedgerHead,
  outcomeOf,
  sealEntry,
} from "@/lib/repricing/ledger/ledger-rules";
import { stakesOf } from "@/lib/repricing/send/stakes";
import { type Stake, turnAt } from "@/lib/repricing/send/turn-rules";
import { nameMerchants } from "@/lib/rivals/name-queries";
import { decisionExpiresAt, nextCheckAt } from "./cadence-rules";
import { type Check, type Observed, sha256 } from "./check-products";
import { type CheckSubject, cityKey, type NewDecision, standingReasonOf } from "./check-queries";
import { inPieces } from "./in-pieces";
import { type Fate, fateOf, isAgreementVoid, toldAbout } from "./people-told";
import { rivalsSeen } from "./rivals-seen";
import {
  type CheckMark,
  insertDecisions,
  insertObservations,
  markChecked,
  setFirstAnchors,
  touchObservations,
} from "./save-queries";
import { tellOfFrozen } from "./tell-of-frozen";

export type Batch = { storeId: string; merchantId: string; runId: string; dryRun: boolean };

/** A look and when its product was taken from the queue. */
export type Look = Check & { since: Date };

/** With what the ledger keeps of what was decided from. */
type Judged = Look & { inputs: string };

/**
 * Saves a batch of checks in the caller's transaction: observations when the market changed,
 * decisions when something changed, and for each product when it was looked at and when it is next.
 * A dry run saves its decisions, marked as such, and moves nothing else.
 */
export async function saveChecks(
  tx: Tx,
  batch: Batch,
  checks: Look[],
  now: Date,
): Promise<NewDecision[]> {
  if (!batch.dryRun) await setFirstAnchors(tx, checks.flatMap(withoutAnchor));
  await saveObservations(tx, checks, now);
  const news = checks
    .map((check) => ({ ...check, inputs: ledgerInputs(check.input, check.observed) }))
    .filter((check) => isNews(check, now));
  const saved = await appendDecisions(tx, batch, news, now);
  if (batch.dryRun) return saved;
  await tellOfFrozen(tx, saved, now);
  const decided = new Map(saved.map((row) => [cityKey(row), row]));
  await markChecked(
    tx,
    checks.map((check) => markOf(check, batch, decided.get(cityKey(check.subject)), now)),
  );
  await forgetAgreed(
    tx,
    checks.filter(isAgreementVoid).map(({ subject }) => subject),
  );
  return saved;
}

/** Switched on before its price was known: the first price it is met with is its anchor. */
function withoutAnchor({ subject, input }: Look): { productId: string; anchor: Tenge }[] {
  const { productId, isLead, anchor, botEnabled } = subject;
  if (!isLead || anchor !== null || !botEnabled || input.current === null) return [];
  return [{ productId, anchor: input.current }];
}

async function saveObservations(tx: Tx, checks: Check[], now: Date): Promise<void> {
  const seen = checks.flatMap(({ subject, observed }) => (observed ? [{ subject, observed }] : []));
  const fresh = seen.filter(({ observed }) => !observed.isKnown);
  const known = seen.filter(({ observed }) => observed.isKnown);
  await insertObservations(
    tx,
    fresh.map(({ subject, observed }) => ({
      id: observed.observationId,
      cardId: subject.cardId ?? "",
      cityId: subject.cityId,
      contentHash: observed.contentHash,
      offers: observed.offers,
      total: observed.total,
      firstSeenAt: observed.observedAt,
      lastSeenAt: observed.observedAt,
    })),
  );
  const sellers = fresh.flatMap(({ observed }) => observed.offers);
  await nameMerchants(
    tx,
    new Map(sellers.map(({ merchantId, merchantName }) => [merchantId, merchantName])),
  );
  await touchObservations(
    tx,
    known.map(({ observed }) => observed.observationId),
    now,
  );
}

/** A question to a person is asked anew after this, with the market of that day: the ledger goes on. */
const ASKED_ANEW_MS = 7 * DAY;
/** What Kaspi does not take costs a change of the budget each time it is offered. */
const REFUSED_FOR_MS = HOUR;
const open: DecisionState[] = ["pending", "held", "frozen"];

/**
 * Changes, and questions about them, are news unless the same one still waits, or has been refused by
 * a person or by Kaspi; a hold or a skip only when its reason, the rule or the market changed.
 */
function isNews({ subject, decision, inputs }: Judged, now: Date): boolean {
  const last = subject.last;
  if (!last) return true;
  if (isKaspisNo(last, decision, now)) return false;
  if (last.kind !== decision.kind || last.reason !== decision.reason) return true;
  const isChange = decision.kind === "change" || decision.reason === "anomaly_frozen";
  if (isChange && !open.includes(last.state) && last.stateReason !== "person_kept") return true;
  const isAsked = last.state === "held" || last.state === "frozen";
  if (isAsked && last.decidedAt <= later(now, -ASKED_ANEW_MS)) return true;
  return subjectMatter(inputs) !== subjectMatter(last.inputs);
}

type Last = NonNullable<CheckSubject["last"]>;

/** Kaspi has not taken this very price a moment ago, and is not asked again whoever else sells. */
function isKaspisNo(last: Last, decision: PriceDecision, now: Date): boolean {
  const isFresh = last.decidedAt > later(now, -REFUSED_FOR_MS);
  const isSamePrice = decision.kind === "change" && decision.price === last.price;
  return last.stateReason === "kaspi_refused" && isFresh && isSamePrice;
}

/** Inputs without the times, which always differ. Quotes inside a text are escaped: this meets keys alone. */
const subjectMatter = (inputs: string) => inputs.replace(/"(?:now|observedAt)":"[^"]*",?/g, "");

async function appendDecisions(
  tx: Tx,
  batch: Batch,
  checks: Judged[],
  now: Date,
): Promise<NewDecision[]> {
  if (checks.length === 0) return [];
  const stakeOf = await stakesOf(tx, batch.merchantId, checks, now);
  let head = await lockLedger(tx, batch.storeId);
  const subjects = checks.map(({ subject }) => subject);
  const unsent = await unsentOf(tx, subjects);
  const told = await toldAbout(tx, subjects, unsent, now);
  if (!batch.dryRun) await supersede(tx, unsent.filter(replacedBy(checks)));
  // While the market was read, a person may have set a price: it goes first.
  const byHand = new Set(unsent.filter(isByHand).map(cityKey));
  const left = checks.filter(({ subject }) => !byHand.has(cityKey(subject)));
  const rows = await inPieces(
    left,
    (check) => {
      const fate = batch.dryRun ? { state: "none" as const } : fateOf(check, told);
      const { row, hash } = toRow(check, { ...batch, ...fate, stake: stakeOf(check) }, head, now);
      head = { seq: row.seq, hash };
      return row;
    },
    (piece) => insertDecisions(tx, piece),
  );
  await moveLedger(tx, batch.storeId, head);
  return rows;
}

const isByHand = ({ state, origin }: Unsent) => state === "pending" && origin !== "bot";

/** Who could not see the market has nothing to say about what a person was asked. */
function replacedBy(checks: Judged[]): (unsent: Unsent) => boolean {
  const isBlind = ({ decision }: Judged) => decision.reason === "stale_offers";
  const blind = new Set(checks.filter(isBlind).map(({ subject }) => cityKey(subject)));
  return (unsent) =>
    unsent.origin === "bot" && (unsent.state === "pending" || !blind.has(cityKey(unsent)));
}

type ToRow = Batch & Fate & { stake: Stake };

function toRow(check: Judged, batch: ToRow, head: LedgerHead, now: Date) {
  const { subject, decision, input, inputs, observed, rule } = check;
  const outcome = outcomeOf(decision);
  const entry: LedgerEntry = {
    id: randomUUID(),
    runId: batch.runId,
    actorId: batch.actorId ?? null,
    observationId: observed?.observationId ?? null,
    dryRun: batch.dryRun,
    storeId: batch.storeId,
    productId: subject.productId,
    cityId: subject.cityId,
    seq: head.seq + 1,
    origin: "bot",
    decidedAt: now,
    rulesVersion: RULES_VERSION,
    inputs,
    outcome,
  };
  const seal = sealEntry(entry, head.hash, sha256);
  const { outcome: _outcome, ...identity } = entry;
  const since = decision.kind === "change" ? (waitingSince(subject) ?? now) : null;
  const row: NewDecision = {
    ...identity,
    ...seal,
    ...outcome,
    priceBefore: input.current,
    state: batch.state,
    stateReason: batch.stateReason ?? null,
    holdId: batch.holdId ?? null,
    waitingSince: since,
    turnAt: since ? turnAt(since, batch.stake) : now,
    expiresAt: decision.kind === "change" ? decisionExpiresAt(now, rule.intervalMinutes) : null,
  };
  return { row, hash: seal.hash };
}

/** A change that has not left and is decided anew keeps its turn, or the same would never have theirs. */
function waitingSince({ last }: Check["subject"]): Date | null {
  const unsent: DecisionState[] = ["pending", "expired", "superseded"];
  return last?.kind === "change" && unsent.includes(last.state) ? last.waitingSince : null;
}

function markOf(check: Look, batch: Batch, decided: NewDecision | undefined, now: Date): CheckMark {
  const { subject, input, observed, rule, since } = check;
  const { market } = input;
  const rivals =
    market.kind === "seen" ? countRivals(rule, market.rivals, input.ownDelivery).prices : [];
  const failed = market.kind === "unseen" && market.why !== "not_read";
  const failures = failed ? subject.failures + 1 : 0;
  const place = observed ? placeIn(observed, batch.merchantId, input.current) : null;
  const moved = place !== null && place.place !== subject.place;
  const placeChangedAt = moved ? now : subject.placeChangedAt;
  const next = nextCheckAt({
    now,
    intervalMinutes: rule.intervalMinutes,
    failures,
    rivals: observed ? rivals.length : null,
    placeChangedAt,
  });
  return {
    productId: subject.productId,
    cityId: subject.cityId,
    place: place?.place ?? null,
    placesTotal: place?.of ?? null,
    rivalsCount: observed ? rivals.length : null,
    bestRivalPrice: rivals[0] ?? null,
    ...rivalsSeen(observed),
    observationId: observed?.observationId ?? null,
    observedAt: observed?.observedAt ?? null,
    lastCheckedAt: now,
    nextCheckAt: next,
    placeChangedAt,
    failures,
    lastDecisionId: decided?.id ?? null,
    lastReason: decided ? standingReasonOf(decided) : null,
    since,
    dueAt: subject.nextCheckAt,
  };
}

/** Our place as listed; far down a long list, where we were not read, the place our price would have. */
function placeIn(
  { offers, total }: Observed,
  merchantId: string,
  price: Tenge | null,
): Place | null {
  return (
    placeOf(offers, merchantId, total) ?? (price === null ? null : placeAt(price, offers, total))
  );
}
