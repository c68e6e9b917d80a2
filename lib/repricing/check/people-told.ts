import type { Tx } from "@/lib/db/client";
import { type StandingAnswer, standingAnswers } from "@/lib/repricing/hold/answer-queries";
import { isAgreed, isRefused, isUnspent } from "@/lib/repricing/hold/answer-rules";
import type { Unsent } from "@/lib/repricing/ledger/ledger-queries";
import type { Check } from "./check-products";
import { cityKey, type NewDecision } from "./check-queries";

/** What people have said about these products, and which of them wait for a word. */
export type Told = {
  held: ReadonlyMap<string, Unsent>;
  answers: ReadonlyMap<string, StandingAnswer>;
};

export async function toldAbout(
  tx: Tx,
  subjects: Check["subject"][],
  unsent: readonly Unsent[],
  now: Date,
): Promise<Told> {
  const held = unsent.filter(({ state }) => state === "held");
  const answers = await standingAnswers(tx, subjects, now);
  return { held: new Map(held.map((row) => [cityKey(row), row])), answers };
}

export type Fate = Pick<NewDecision, "state" | "stateReason" | "holdId" | "actorId">;

/** Where a decision stands at first: on its way, waiting for a person, or refused by one. */
export function fateOf({ subject, decision, input }: Check, { held, answers }: Told): Fate {
  if (decision.kind !== "change")
    return { state: decision.reason === "anomaly_frozen" ? "frozen" : "none" };
  const { price } = decision;
  const answer = answers.get(cityKey(subject));
  const change = { current: input.current ?? price, price };
  if (answer && isRefused(answer, change)) return { state: "refused", stateReason: "person_kept" };
  const isYes = answer && isAgreed(answer, change) && isUnspent(answer, subject.inFlightPrice);
  if (isYes) return { state: "pending", actorId: answer.answeredBy };
  // It was decided by a yes that was taken back while its market was read.
  if (input.approved !== undefined && answer?.answer !== "agreed")
    return { state: "superseded", stateReason: "newer_decision" };
  const hold = held.get(cityKey(subject));
  if (hold) return { state: "held", stateReason: hold.stateReason, holdId: hold.holdId };
  return { state: "pending" };
}

/** The market, seen, asks for something else than a person has agreed to, or leads from another price. */
export function isAgreementVoid({ subject, input, decision }: Check): boolean {
  const { approved, current, market } = input;
  if (current === null || market.kind === "unseen") return false;
  if (subject.answer && !isUnspent(subject.answer, subject.inFlightPrice)) return false;
  if (approved === undefined) return subject.answer?.answer === "agreed";
  const agreed = { answer: "agreed", price: approved, priceBefore: null } as const;
  return decision.kind !== "change" || !isAgreed(agreed, { current, price: decision.price });
}
