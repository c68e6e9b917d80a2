import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll } from "vitest";
import { mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { smtpPost } from "@/lib/mail/post";
import type { SmtpSettings } from "@/lib/mail/smtp";
import type { MailingAccess } from "@/lib/mailings/access";
import type { TestOffice } from "./office";

/** A letter that the server has taken, as it came. */
export type TakenLetter = { to: string; raw: string };

/** A refusal in the server's words. */
export const refusal = (responseCode: number, words: string) =>
  Object.assign(new Error(words), { responseCode });

/** What the server does to a recipient: refuse, stall, hang up; undefined: takes the letter. */
export type Whim = {
  rcpt?: (address: string) => Error | undefined;
  data?: (address: string) => Error | "hangs up" | "stalls" | "takes and hangs up" | undefined;
};

/** A mail server for a test file, with whims that each test sets anew. */
export async function mailServerOf(options: SMTPServerOptions = {}) {
  const taken: TakenLetter[] = [];
  let whim: Whim = {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
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
        done(fate instanceof Error ? fate : null);
      });
    },
    ...options,
  });
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
    sleep: async (ms) => void office.twin.advance({ ms }),
    openPost: (overhear) => smtpPost(settings, { connections: 5, overhear }),
  };
}

/** A mailing to new recipients, by the owner. */
export async function createdMailing(
  { access: { db, clock }, owner }: TestOffice,
  to: readonly { email: string; fullName?: string }[],
  more: Partial<typeof mailings.$inferInsert> = {},
  letter: Partial<typeof messages.$inferInsert> = {},
) {
  const at = { createdAt: clock(), updatedAt: clock() };
  const tag = `to ${Math.random()}`;
  const rows = to.map(({ email, fullName = "" }) => ({
    ...{ ownerId: owner.id, email, fullName, tags: [tag], ...at },
  }));
  for (let from = 0; from < rows.length; from += 5_000)
    await db.insert(recipients).values(rows.slice(from, from + 5_000));
  const [message] = await db
    .insert(messages)
    .values({
      ownerId: owner.id,
      subject: "Новости",
      bodyText: "Здравствуйте, {{name}}",
      ...at,
      ...letter,
    })
    .returning();
  const [mailing] = await db
    .insert(mailings)
    .values({ ownerId: owner.id, messageId: message?.id ?? "", tags: [tag], ...at, ...more })
    .returning();
  if (!mailing) throw new Error("no mailing");
  return mailing;
}
