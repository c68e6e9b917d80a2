import { env } from "@/lib/env";
import type { KaspiAccess } from "@/lib/exits/access";
import { kaspiAccess } from "@/lib/exits/access";
import { type Post, smtpPost } from "@/lib/mail/post";
import { mailServer, type Overheard } from "@/lib/mail/smtp";
import { mailboxPost } from "./mailbox/mailbox-post";

/** What every use case of mailings needs. Tests bring their own mail server and clock. */
export type MailingAccess = Pick<KaspiAccess, "db" | "clock" | "sleep"> & {
  /** Null: letters cannot leave, there is no mail server and this is no training office. */
  openPost: ((overhear?: Overheard) => Post) | null;
  /** Letters go into a box of the training office. */
  hasMailbox: boolean;
  /** Where people open the office. */
  officeUrl: string;
  /** What links for unsubscribing are signed with. */
  secret: string;
};

/** Letters that are under way side by side, each over a connection of its own. */
export const LETTERS_AT_ONCE = 5;

export function mailingAccess(): MailingAccess {
  const { db, clock, sleep } = kaspiAccess();
  const { NEXTAUTH_URL: officeUrl, NEXTAUTH_SECRET: secret, KASPI } = env();
  const server = mailServer();
  const hasMailbox = server === null && KASPI === "twin";
  const openPost = server
    ? (overhear?: Overheard) => smtpPost(server, { connections: LETTERS_AT_ONCE, overhear })
    : hasMailbox
      ? () => mailboxPost(db, clock, `Duken <office@${new URL(officeUrl).hostname}>`)
      : null;
  return { db, clock, sleep, openPost, hasMailbox, officeUrl, secret };
}
