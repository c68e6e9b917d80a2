import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";
import type { SmtpSettings } from "@/lib/mail/smtp";

type Taken = { from: string; to: string[]; text: string };

/** A mail server of this test's own, which keeps what it takes. */
export async function smtp(options: SMTPServerOptions = {}) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
    ...options,
  });
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.server.address() as AddressInfo;
  const settings: SmtpSettings = {
    host: "127.0.0.1",
    port,
    tls: "off",
    from: "Duken <office@example.kz>",
    login: null,
  };
  return { taken, settings };
}
