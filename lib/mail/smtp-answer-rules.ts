/** What became of a letter that was given to a mail server. */
export type Outcome =
  | { kind: "success"; code: number | null; said: string }
  /**
   * It will not be taken, however often it is given. `isNobody`: there is no such box; `isOurs`: nor would any
   * other letter of ours be, whoever it is for.
   */
  | { kind: "hard"; code: number | null; said: string; isNobody: boolean; isOurs: boolean }
  /** It may be taken later. */
  | { kind: "soft"; code: number | null; said: string }
  /** It was given whole, and nobody knows whether it was taken. */
  | { kind: "unknown"; said: string };

/** As nodemailer tells of a failure. */
export type SmtpTrouble = {
  code?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
  message?: string | undefined;
  /** At which word of ours it happened. */
  command?: string | undefined;
};

const LONGEST_SAID = 500;

/** Before anybody was named whom a letter is for. */
const aboutUs = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL FROM)/;

/**
 * A 5xx is the end of it, a 4xx and a connection that was lost before the letter was given whole may be tried
 * again (RFC 5321, 4.2.1). Once it was given whole, silence says nothing: it may have been taken (6.1 there).
 */
export function outcomeOf(trouble: SmtpTrouble, wasGiven: boolean): Outcome {
  const { code, responseCode, response, message, command = "" } = trouble;
  const said = wordsOf(response || message || code || "");
  const reply = responseCode ?? null;
  const isOurs = code === "EAUTH" || aboutUs.test(command);
  const isHard = reply === null ? code === "EAUTH" : reply >= 500;
  if (isHard) {
    const isNobody = !isOurs && isNobodyThere(reply ?? 0, response ?? "", command);
    return { kind: "hard", code: reply, said, isNobody, isOurs };
  }
  if (reply !== null && reply >= 400) return { kind: "soft", code: reply, said };
  if (wasGiven) return { kind: "unknown", said };
  if (code === "EENVELOPE" || code === "EMESSAGE")
    return { kind: "hard", code: null, said, isNobody: false, isOurs: false };
  return { kind: "soft", code: null, said };
}

/** Servers say so at the recipient's name, too: of us, our machine or our letters. */
const aboutSender =
  /\bsender\b|\bfrom\b|\bip\b|your address|spam|black|block|reputation|polic|\brelay|denied/i;

/**
 * 5.1.x is about an address (RFC 3463), which may be the sender's; without such a word 550 and 551 mostly are about
 * the box, where they answer the name of the recipient and speak of nothing else.
 */
function isNobodyThere(reply: number, response: string, command: string): boolean {
  const enhanced = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(response);
  if (enhanced) return isOfBoxes(enhanced[1], enhanced[2]) && !/\bsender\b/i.test(response);
  if (!command.startsWith("RCPT TO") || aboutSender.test(response)) return false;
  return (
    reply === 551 || (reply === 550 && /user|mailbox|recipient|address|unknown/i.test(response))
  );
}

const isOfBoxes = (subject = "", detail = "") =>
  subject === "1" && ["0", "1", "2", "3", "6", "10"].includes(detail);

/** On one line, and not without end: it is shown in a table and printed by a command. */
export function wordsOf(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length <= LONGEST_SAID ? line : `${line.slice(0, LONGEST_SAID - 1)}…`;
}
