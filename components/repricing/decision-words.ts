import type { Tone } from "@/components/ui/notice";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { LastDecision } from "@/lib/products/model";
import type { DecisionState } from "@/lib/repricing/decide/model";
import { decisionText, stateText } from "@/lib/repricing/decide/reason-text";

type Decision = Pick<
  LastDecision,
  "kind" | "reason" | "params" | "state" | "stateReason" | "stateParams" | "decidedAt" | "notBefore"
>;

/** A decision as a page says it, in the reader's language. */
export type DecisionWords = {
  text: string;
  /** What became of it; null when there was nothing to send. */
  fate: { text: string; tone: Tone; live: boolean } | null;
  at: Date;
  /** When it goes out, for one that has to wait. */
  goesAt: Date | null;
};

const tones: Partial<Record<DecisionState, Tone>> = {
  confirmed: "green",
  frozen: "amber",
  held: "amber",
  refused: "amber",
  rejected: "red",
};

export function decisionWords(t: Translator, locale: Locale, decision: Decision): DecisionWords {
  const { state } = decision;
  const waits = state === "pending" && decision.stateReason !== null;
  const isAnswered = decision.stateReason === "person_kept";
  const fate = {
    text: stateText(t, locale, decision),
    tone: waits ? "amber" : isAnswered ? "plain" : (tones[state] ?? "plain"),
    live: state === "sending" || state === "sent" || (state === "pending" && !waits),
  } as const;
  return {
    text: decisionText(t, locale, decision),
    fate: state === "none" ? null : fate,
    at: decision.decidedAt,
    goesAt: state === "pending" ? decision.notBefore : null,
  };
}
