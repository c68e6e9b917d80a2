import { shortened } from "@/lib/core/text";

/** Telegram takes no longer message. */
const LONGEST_MESSAGE = 4_096;
/** What fits on a button of a phone. */
const LONGEST_BUTTON = 40;
/** Telegram refuses a whole screen for one button on which nothing is seen. */
const seen = /[^\p{Z}\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u;

export const messageText = (text: string) => shortened(text, LONGEST_MESSAGE);

/** What stands on a button beside so many signs of ours. */
export const lineText = (text: string, beside = 0) =>
  shortened(text.replaceAll(/\s+/g, " ").trim(), LONGEST_BUTTON - beside);

export const buttonText = (text: string) => (seen.test(text) ? lineText(text) : "…");
