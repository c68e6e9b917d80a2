import { z } from "zod";
import type { ErrorKind } from "@/lib/core/errors";

/** The steps of the check, in order: each rests on the ones before it. */
export const stepNames = ["exit", "session", "merchants", "list", "offers", "writes"] as const;

export type StepName = (typeof stepNames)[number];

export type StepResult =
  | { step: StepName; kind: "ok"; ms: number; figure: number | null }
  /** `key` of the translated text, `errors.<key>`. */
  | {
      step: StepName;
      kind: "failed";
      ms: number;
      error: ErrorKind;
      key: string;
      params: Record<string, string | number>;
      retryAfterMs: number | null;
    }
  /** Not asked: a step before it has failed, there is nothing to ask about, or the seller forbids it. */
  | { step: StepName; kind: "skipped"; why: "before" | "nothing" | "official_only" };

export type Diagnosis = { at: Date; steps: StepResult[] };

export const diagnoseSchema = z.object({ storeId: z.uuid() });

/** A step as people read it. */
export type StepLine = {
  step: StepName;
  kind: StepResult["kind"];
  ms: number | null;
  text: string;
};
