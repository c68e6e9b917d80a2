import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll } from "vitest";
import { HOUR, later } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { workspace } from "@/lib/db/schema/workspace";
import { smtpPost } from "@/lib/mail/post";
import type { SmtpSettings } from "@/lib/mail/smtp";
import type { MailingAccess } from "@/lib/mailings/access";
import { beginRun } from "@/lib/mailings/runs/begin-run";
import type { Mailing, Run, Trigger } from "@/lib/mailings/runs/run-queries";
import { type Sent, sendRun } from "@/lib/mailings/runs/send-run";
import type { TestOffice } from "./office";

/** A letter that the server has taken, as it came. */
export type TakenLetter = { to: string; raw: string };

/** A refusal in the server's words. */
export const refusal = (responseCode: number, words: string) =>
  Object.assign(new Error(words), { responseCode });

/** What the server does to a recipient: refuse, stall, hang up; undefined: takes the letter. */
export type Whim = {
  from?: () => Error | undefined;
  rcpt?: (address: string) => Error | undefined;
  data?: (address: string) => Error | "hangs up" | "stalls" | "takes and hangs up" | undefined;
  /** Is waited for when a letter was taken, before the server says so. */
  taken?: (address: string) => unknown;
};

/** A mail server for a test file, with whims that each test sets anew. */
export async function mailServerOf(options: SMTPServerOptions = {}) {
  const taken: TakenLetter[] = [];
  let whim: Whim = {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onMailFrom: (_from, _session, done) => done(whim.from?.() ?? null),
    onRcptTo: ({ address }, _session, done) => done(whim.rcpt?.(address) ?? null),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      const to = session.envelope.rcptTo[0]?.address ?? "";
      const fate = whim.data?.(to);
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const letter = { to, raw: Buffer.concat(parts).toString() };
        if (fate === "stalls") return;
        if (fate === undefined || fate === "takes and hangs up") taken.push(letter);
        if (fate === "hangs up" || fate === "takes and hangs up") {
          const socket =
            (stream as unknown as { _connection?: unknown; session?: unknown }) && session;
          return hangUp(server, socket.id);
        }
        if (fate instanceof Error) return done(fate);
        void Promise.resolve(whim.taken?.(to)).then(() => done(null));
      });
    },
    ...options,
  });
  // Whoever dies in the middle of a letter is what some tests are about.
  server.on("error", () => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  afterAll(() => new Promise<void>((done) => server.close(() => done())));
  const { port } = server.server.address() as AddressInfo;
  const settings: SmtpSettings = {
    ...{ host: "127.0.0.1", port, tls: "off" as const },
    ...{ from: "Duken <office@example.kz>", login: null },
  };
  return {
    taken,
    settings,
    behaves: (next: Whim) => {
      whim = next;
    },
  };
}

type Connection = { id: string; _socket: { destroy(): void } };

function hangUp(server: SMTPServer, sessionId: string): void {
  const connections = (server as unknown as { connections: Set<Connection> }).connections;
  for (const one of connections) if (one.id === sessionId) one._socket.destroy();
}

/** What mailings need of an office, over a mail server. */
export function mailingsOf(office: TestOffice, settings: SmtpSettings): MailingAccess {
  const { db, clock } = office.access;
  return {
    ...{ db, clock, officeUrl: "https://office.example.kz", secret: "a secret of the tests" },
    hasMailbox: false,
    sleep: async (ms) => void office.twin.advance({ ms: Math.ceil(ms) }),
    openPost: (overhear) => smtpPost(settings, { connections: 5, overhear }),
  };
}

/** Begins runs of an office by its owner, and sends them. */
export function sendingOf({ owner }: TestOffice, access: MailingAccess) {
  const { db, clock } = access;
  return {
    begin: (mailing: Mailing, trigger: Trigger = "manual"): Promise<Run> =>
      db.transaction((tx) => beginRun(tx, { mailing, trigger, startedBy: owner.id }, clock())),
    async send(run: Run, { by = randomUUID(), ms = 20_000, atOnce = 5 } = {}): Promise<Sent> {
      const post = access.openPost?.();
      if (!post) throw new Error("no mail server");
      try {
        return await sendRun(access, run.id, { by, post, atOnce, until: later(clock(), ms) });
      } finally {
        post.close();
      }
    },
  };
}

/** So many people, with their names. */
export const people = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    email: `user${nth}@example.kz`,
    fullName: `Имя ${nth}`,
  }));

/** Nothing of an earlier test is left, no limit is in the way. */
export async function asNew({ access: { db }, twin }: TestOffice): Promise<void> {
  await db.delete(mailings);
  await db.delete(recipients);
  await db.delete(messages);
  await db.delete(paces);
  await db.update(workspace).set({
    ...{ lettersPerMinute: 100_000, lettersPerHour: 1_000_000 },
    ...{ failuresToPause: 20, mailingsWantApproval: false, timeZone: "Asia/Almaty" },
  });
  twin.advance({ ms: 2 * HOUR });
}

/** A mailing to new recipients, by the owner. */
export async function createdMailing(
  { access: { db, clock }, owner }: TestOffice,
  to: readonly { email: string; fullName?: string }[],
  more: Partial<typeof mailings.$inferInsert> = {},
  letter: Partial<typeof messages.$inferInsert> = {},
) {
  const at = { createdAt: clock(), updatedAt: clock() };
  const ownerId = more.ownerId ?? owner.id;
  const tag = `to ${Math.random()}`;
  const rows = to.map(({ email, fullName = "" }) => ({
    ...{ ownerId, email, fullName, tags: [tag], ...at },
  }));
  for (let from = 0; from < rows.length; from += 5_000)
    await db.insert(recipients).values(rows.slice(from, from + 5_000));
  const [message] = await db
    .insert(messages)
    .values({
      ownerId,
      subject: "Новости",
      bodyText: "Здравствуйте, {{name}}",
      ...at,
      ...letter,
    })
    .returning();
  const [mailing] = await db
    .insert(mailings)
    .values({ ownerId, messageId: message?.id ?? "", tags: [tag], ...at, ...more })
    .returning();
  if (!mailing) throw new Error("no mailing");
  return mailing;
}
