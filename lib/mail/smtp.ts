import { createTransport, type Transporter } from "nodemailer";
import { MINUTE, SECOND } from "@/lib/core/time";
import { env } from "@/lib/env";

export type SmtpSettings = {
  host: string;
  port: number;
  /** `starttls` and `tls` never go on in the clear; `off` is for a server on this machine. */
  tls: "starttls" | "tls" | "off";
  from: string;
  login: { user: string; pass: string } | null;
};

/** One line of what was said to the server, or by it; passwords are not among them. */
export type Overheard = (side: "client" | "server", line: string) => void;

type Options = {
  /** So many connections are kept open side by side; one at a time without it. */
  connections?: number;
  overhear?: Overheard | undefined;
};

/** The way to one SMTP server. Nothing is ever given twice by itself: whoever sends decides. */
export function smtpTransport(
  { host, port, tls, login }: SmtpSettings,
  { connections, overhear }: Options = {},
): Transporter {
  const connection = {
    ...{ host, port },
    secure: tls === "tls",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "off",
    ...(login && { auth: login }),
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    socketTimeout: 20 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(overhear && { logger: listener(overhear), transactionLog: true }),
  };
  if (connections === undefined) return createTransport(connection);
  return createTransport({
    ...connection,
    ...{ pool: true, maxConnections: connections, maxMessages: 200 },
    // A letter whose connection was lost may have been taken: it is for us to say what becomes of it.
    maxRequeues: 0,
    idleTimeout: 10 * SECOND,
    // Whoever looks into letters before taking them takes their time, and a letter given up too soon is in doubt.
    socketTimeout: 2 * MINUTE,
  });
}

/** What nodemailer says of itself, as far as it is the dialogue. */
function listener(overhear: Overheard) {
  const hear = (entry: { tnx?: string }, format: unknown, ...values: unknown[]) => {
    if (entry.tnx !== "client" && entry.tnx !== "server") return;
    const line = [format, ...values].map(String).join(" ").trim();
    for (const one of line.split(/\r?\n/)) overhear(entry.tnx, one);
  };
  const nothing = () => {};
  return {
    ...{
      level: nothing,
      trace: nothing,
      info: nothing,
      warn: nothing,
      error: nothing,
      fatal: nothing,
    },
    debug: hear,
  };
}

/** The installation's mail server, or null when none is configured. */
export function mailServer(): SmtpSettings | null {
  const { EMAIL_HOST, EMAIL_PORT, EMAIL_TLS, EMAIL_FROM, EMAIL_USER, EMAIL_PASSWORD } = env();
  if (!EMAIL_HOST || !EMAIL_FROM) return null;
  return {
    host: EMAIL_HOST,
    port: EMAIL_PORT ?? (EMAIL_TLS === "tls" ? 465 : 587),
    tls: EMAIL_TLS,
    from: EMAIL_FROM,
    login: EMAIL_USER ? { user: EMAIL_USER, pass: EMAIL_PASSWORD ?? "" } : null,
  };
}
