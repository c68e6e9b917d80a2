/** Telegram takes no longer message. */
const LONGEST_MESSAGE = 4_096;
/** What fits on a button of a phone. */
const LONGEST_BUTTON = 40;

const cut = (text: string, most: number) =>
  text.length <= most ? text : `${[...text.slice(0, most - 1)].filter(isWhole).join("")}…`;

/** Half of a pair that stands for one sign is none. */
const isWhole = (sign: string) => !/^[\uD800-\uDFFF]$/.test(sign);

export const messageText = (text: string) => cut(text, LONGEST_MESSAGE);
export const buttonText = (text: string) =>
  cut(text.replaceAll(/\s+/g, " ").trim(), LONGEST_BUTTON);
