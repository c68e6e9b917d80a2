import { createTransport } from "nodemailer";
import { SECOND } from "@/lib/core/time";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

export type Mail = { to: string; subject: string; text: string };

export type Mailer = {
  /** False when the server did not take it: why is in the log, what was written is not. */
  send(mail: Mail): Promise<boolean>;
};

export type SmtpSettings = {
  host: string;
  port: number;
  /** `starttls` and `tls` never go on in the clear; `off` is for a server on this machine. */
  tls: "starttls" | "tls" | "off";
  from: string;
  login: { user: string; pass: string } | null;
};

type SmtpFailure = { code?: string; responseCode?: number };

/** Sends plain letters through one SMTP server. */
export function createMailer({ host, port, tls, from, login }: SmtpSettings): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: tls === "tls",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "off",
    ...(login && { auth: login }),
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    socketTimeout: 20 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({ from, ...mail });
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
  const { EMAIL_HOST, EMAIL_PORT, EMAIL_TLS, EMAIL_FROM, EMAIL_USER, EMAIL_PASSWORD } = env();
  if (!EMAIL_HOST || !EMAIL_FROM) return null;
  shared.dukenMailer ??= createMailer({
    host: EMAIL_HOST,
    port: EMAIL_PORT ?? (EMAIL_TLS === "tls" ? 465 : 587),
    tls: EMAIL_TLS,
    from: EMAIL_FROM,
    login: EMAIL_USER ? { user: EMAIL_USER, pass: EMAIL_PASSWORD ?? "" } : null,
  });
  return shared.dukenMailer;
}
