import { z } from "zod";
import { parsePrivateTargets } from "@/lib/network/private-targets";

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const encryptionKey = z
  .base64()
  .refine((value) => Buffer.from(value, "base64").length === 32, "must be 32 bytes in base64");

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** Set by the launcher when it drives the embedded Postgres. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres://"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  DATA_DIR: z.string().default(".data"),
  /** `twin` is the built-in training Kaspi; `live` is the real one and is always said explicitly. */
  KASPI: z.enum(["twin", "live"]).default("twin"),
  KASPI_CABINET_URL: url.default("https://mc.shop.kaspi.kz"),
  KASPI_ID_URL: url.default("https://idmc.shop.kaspi.kz"),
  KASPI_STOREFRONT_URL: url.default("https://kaspi.kz"),
  KASPI_IMAGES_URL: url.default("https://resources.cdn-kaspi.kz"),
  /** AES-256 key, 32 bytes in base64. Encrypts Kaspi passwords, cookies and tokens. */
  ENCRYPTION_KEY: encryptionKey,
  /** Earlier keys, comma-separated: they still open what they sealed. `manage rotate-keys` makes them needless. */
  ENCRYPTION_KEYS_OLD: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((key) => key.trim())
        .filter(Boolean),
    )
    .pipe(z.array(encryptionKey)),
  NEXTAUTH_SECRET: z.string().min(32),
  /** Part of what ids of tasks are made of; NEXTAUTH_SECRET when it is not set. */
  TASK_ID_SALT: z.string().min(16).optional(),
  /** The address people open. Links are built from it, never from the Host header. */
  NEXTAUTH_URL: url,
  /** Pages of other origins whose scripts may call the API with a key, comma-separated; none by default. */
  API_ORIGINS: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine((origins) => origins.every(isOrigin), "must be origins: https://shop.example.kz"),
  /** Inner addresses that webhooks may be sent to all the same: `true`, or a list of `host:port` and networks. */
  WEBHOOK_PRIVATE_TARGETS: z
    .string()
    .default("")
    .transform((text, context) => {
      const targets = parsePrivateTargets(text);
      if (targets) return targets;
      context.addIssue("must be true, or a list like 127.0.0.1:9000,10.1.0.0/16");
      return z.NEVER;
    }),
  /** `in-app` runs jobs inside the web process, `worker` in `npm run worker`, `off` nowhere. */
  JOBS: z.enum(["in-app", "worker", "off"]).default("in-app"),
  INNGEST_SIGNING_KEY: z.string().optional(),
  /** The key before a rotation: calls signed with it are still answered. */
  INNGEST_SIGNING_KEY_FALLBACK: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_BASE_URL: url.optional(),
  /** Where Inngest reaches the functions, if not at NEXTAUTH_URL. */
  INNGEST_SERVE_ORIGIN: url.optional(),
  /** Whether several steps are made in one call; wants an Inngest server that knows it. */
  INNGEST_CHECKPOINTING: z.stringbool().default(false),
  /** A Chromium to use for Kaspi's login pages; empty means: look for one. */
  CHROMIUM_PATH: z.string().optional(),
  /** A mail server for invitations and new passwords; without it the owner hands the links over. */
  EMAIL_HOST: z.string().optional(),
  /** 587, or 465 with EMAIL_TLS=tls. */
  EMAIL_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** `off` only for a server on this machine. */
  EMAIL_TLS: z.enum(["starttls", "tls", "off"]).default("starttls"),
  EMAIL_USER: z.string().optional(),
  EMAIL_PASSWORD: z.string().optional(),
  /** Whom letters are from: `Duken <office@example.kz>`. */
  EMAIL_FROM: z.string().optional(),
  /** The office's bot in Telegram; none without it. */
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, "must be as BotFather gives it")
    .optional(),
  TELEGRAM_API_URL: url.default("https://api.telegram.org"),
  /** `polling` asks Telegram for what people do, in a process of its own; `webhook` has it brought to `/api/telegram`. */
  TELEGRAM_UPDATES: z.enum(["polling", "webhook"]).default("polling"),
  /** Where the bot reaches the office, if not at NEXTAUTH_URL. */
  OFFICE_URL: url.optional(),
  /** The bot's own key of the office, of the scope `bot`; `manage bot-key` lets it in. */
  BOT_API_KEY: z
    .string()
    .regex(/^duken_[0-9A-Za-z]{38}$/, "must be a key of ours")
    .optional(),
  /** How long markets are kept; the product's chart shows 30 days of them. */
  KEEP_MARKET_DAYS: z.coerce.number().int().min(31).max(3_650).default(35),
  /** How long syncs, changes of many products with their undo, and closed notices are kept. */
  KEEP_HISTORY_DAYS: z.coerce.number().int().min(7).max(3_650).default(90),
  /** How long decisions are kept: the ledger's oldest go first and leave a checkpoint. */
  KEEP_DECISION_DAYS: z.coerce.number().int().min(31).max(3_650).default(180),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  LOG_DIR: z.string().optional(),
});

const kaspiUrls = [
  "KASPI_CABINET_URL",
  "KASPI_ID_URL",
  "KASPI_STOREFRONT_URL",
  "KASPI_IMAGES_URL",
] as const;

const isRealKaspi = (url: string) => /(^|\.)(cdn-)?kaspi\.kz\.?$/.test(new URL(url).hostname);

// A training price must not reach a real shop because an address was forgotten.
const checked = schema.superRefine((given, context) => {
  if (given.EMAIL_HOST && !given.EMAIL_FROM)
    context.addIssue({ code: "custom", path: ["EMAIL_FROM"], message: "wanted with EMAIL_HOST" });
  if (given.KASPI === "live") return;
  for (const name of kaspiUrls.filter((url) => isRealKaspi(given[url]))) {
    const message = "is the real Kaspi; with KASPI=twin it must be the twin's address";
    context.addIssue({ code: "custom", path: [name], message });
  }
});

export type Env = z.infer<typeof schema>;

export const envNames = Object.keys(schema.shape);

/** An office whose letters stay away without a word would be worse than one that does not start. */
const RENAMED =
  "Configuration is wrong:\n  SMTP_HOST: SMTP_* is called EMAIL_* now.\nSee .env.example.";

/** Parses a set of variables; the error lists every wrong one by name, never its value. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  if (given.SMTP_HOST && !given.EMAIL_HOST) throw new Error(RENAMED);
  const result = checked.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Configuration is wrong:\n${lines.join("\n")}\nSee .env.example.`);
}

const shared = globalThis as typeof globalThis & { dukenEnv?: Env };

/** The process's configuration, parsed on first use (so that a build needs none of it). */
export function env(): Env {
  shared.dukenEnv ??= parseEnv(process.env);
  return shared.dukenEnv;
}

const botSchema = schema
  .pick({ TELEGRAM_BOT_TOKEN: true, TELEGRAM_API_URL: true, TELEGRAM_UPDATES: true })
  .extend(schema.pick({ BOT_API_KEY: true, OFFICE_URL: true }).shape)
  .extend({ NEXTAUTH_URL: url.optional(), NEXTAUTH_SECRET: z.string().min(32).optional() });

/** What the bot needs, without the rest (the secret for its webhook alone): it reaches the office as any program does, from anywhere. */
export function botSettings(): z.infer<typeof botSchema> {
  const given = Object.entries(process.env).filter(([, value]) => value !== "");
  return botSchema.parse(Object.fromEntries(given));
}

const logSchema = schema.pick({ LOG_LEVEL: true, LOG_DIR: true });

/** What the logger needs, without the rest: it is made while the application is built. */
export function logSettings(): z.infer<typeof logSchema> {
  return logSchema.parse({
    LOG_LEVEL: process.env.LOG_LEVEL || undefined,
    LOG_DIR: process.env.LOG_DIR || undefined,
  });
}
