import { shortened } from "@/lib/core/text";

/** Telegram takes no longer message. */
const LONGEST_MESSAGE = 4_096;
/** What fits on a button of a phone. */
const LONGEST_BUTTON = 40;

export const messageText = (text: string) => shortened(text, LONGEST_MESSAGE);
export const buttonText = (text: string) =>
  shortened(text.replaceAll(/\s+/g, " ").trim(), LONGEST_BUTTON);
