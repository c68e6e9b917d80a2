import { z } from "zod";
import type { Tenge } from "@/lib/core/money";
import { DAY, HOUR } from "@/lib/core/time";
import { type WarAnswer, warAnswers } from "./answer-model";

/** So often we must have answered one rival's cut with a cut of our own, */
export const WAR_ROUNDS = 3;
/** within so long, */
export const WAR_WINDOW = 6 * HOUR;
/** and cuts further apart than this belong to different chases: one that rests so long is over. */
export const WAR_QUIET = 3 * HOUR;
/** An answer may be taken back for so long after the war. */
export const KEEP_SHOWN = 7 * DAY;
/** The overview shows so many, the dearest first. */
export const WARS_SHOWN = 5;

export const answerWarSchema = z.object({ warId: z.uuid(), answer: z.enum(warAnswers) });
export const takeBackSchema = z.object({ warId: z.uuid() });

/** A chase as pages show it. */
export type War = {
  id: string;
  productId: string;
  cityId: string;
  rivalId: string;
  rivalName: string | null;
  startedAt: Date;
  lastCutAt: Date;
  rounds: number;
  /** Ours, before the first cut and after the last. */
  priceBefore: Tenge;
  price: Tenge;
  rivalPrice: Tenge;
  endedAt: Date | null;
  answer: WarAnswer | null;
  answeredAt: Date | null;
};
export type WarRow = War & { name: string; storeName: string };
