import { log } from "@/lib/log";
import { mailServer, type SmtpSettings, smtpTransport } from "./smtp";

export type Mail = { to: string; subject: string; text: string };

export type Mailer = {
  /** False when the server did not take it: why is in the log, what was written is not. */
  send(mail: Mail): Promise<boolean>;
};

type SmtpFailure = { code?: string; responseCode?: number };

/** Sends plain letters through one SMTP server. */
export function createMailer(settings: SmtpSettings): Mailer {
  const transport = smtpTransport(settings);
  return {
    async send(mail) {
      try {
        await transport.sendMail({ from: settings.from, ...mail });
        return true;
      } catch (error) {
        const { code: why, responseCode: reply } = error as SmtpFailure;
        log.warn({ why, reply }, "The mail server did not take a letter");
        return false;
      }
    },
  };
}

const shared = globalThis as typeof globalThis & { dukenMailer?: Mailer };

/** The installation's mail server, or null when none is configured. */
export function mailer(): Mailer | null {
  const server = mailServer();
  if (!server) return null;
  shared.dukenMailer ??= createMailer(server);
  return shared.dukenMailer;
}
