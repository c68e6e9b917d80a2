import { z } from "zod";
import { storable } from "@/lib/core/text";
import { typedNumber } from "@/lib/core/typed-number";
import { proxySchemes } from "./scheme-model";

/** An address the market is read from, as pages show it. Where its proxy is never leaves the server. */
export type ExitView = {
  id: string;
  /** Null: the machine's own address. */
  name: string | null;
  isActive: boolean;
  readsPerSecond: number;
  restingUntil: Date | null;
  /** The kind of Kaspi's last refusal, until it answers again. */
  restReason: string | null;
  /** Since when nothing comes through, so that nobody uses it. */
  deadSince: Date | null;
};

/** Why a proxy is not used: not tried yet, its login, its refusal, or its silence. */
export type DeadReason = "untried" | "login" | "refused" | "silent";

/** Kaspi refuses an address for a while above about 15 reads a second; 10 are safe. */
export const paceSchema = typedNumber({ least: 0.1, most: 10, error: "exit_pace" });

const hostAndPort = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]):(\d{1,5})$/i;

export const MOST_PORT = 65_535;

/** `host:port`, the host by name or by number, as a URL may hold it: 256.1.1.1 is neither. */
export const isAddress = (text: string) => {
  const port = Number(hostAndPort.exec(text)?.[1] ?? 0);
  return port >= 1 && port <= MOST_PORT && URL.canParse(`http://${text}`);
};

const secret = z.string().max(200, { error: "too_long" });

const label = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "name_empty" })
  .max(60, { error: "name_long" });

export const newExitSchema = z.object({
  name: label,
  scheme: z.enum(proxySchemes),
  address: z.string().trim().max(255).refine(isAddress, { error: "proxy_address" }),
  login: secret,
  password: secret,
  readsPerSecond: paceSchema,
});
export type NewExit = z.infer<typeof newExitSchema>;

/** More at once are a mistake of the clipboard. */
export const MOST_LINES = 500;

/** Many proxies at once, a line each; `label` is numbered. */
export const pasteSchema = z.object({
  label,
  scheme: z.enum(proxySchemes),
  lines: z.string().max(200_000, { error: "too_long" }),
  readsPerSecond: paceSchema,
});
export type Paste = z.infer<typeof pasteSchema>;

/** What became of a pasted line, by its number from 1. Its text stays with who pasted it. */
export type LineFinding = {
  line: number;
  kind: "added" | "known" | "twice" | "scheme" | "port" | "shape" | "beyond";
};

/** How a test of an exit ended. `ms`: how long Kaspi's answer took through it. */
export type ExitTest =
  | { ok: true; ms: number }
  | { ok: false; why: "login" | "refused" | "silent" | "kaspi" };

export const exitIdSchema = z.object({ exitId: z.uuid() });
export const exitPaceSchema = exitIdSchema.extend({ readsPerSecond: paceSchema });
export const exitSwitchSchema = exitIdSchema.extend({ isActive: z.boolean() });

/** Where a proxy is, and who we are to it. A secret. */
export type ProxyParts = Pick<NewExit, "scheme" | "address" | "login" | "password">;

/** The proxy's address with its login, as the client takes it. A secret. */
export function proxyUrlOf({ scheme, address, login, password }: ProxyParts): string {
  const who =
    login || password ? `${encodeURIComponent(login)}:${encodeURIComponent(password)}@` : "";
  return `${scheme}://${who}${address}`;
}

export const exitLabelSchema = exitIdSchema.extend({ name: label });
export const exitCabinetSchema = exitIdSchema.extend({ forCabinet: z.boolean() });

/** An exit as its owner manages it: where it is and how it does, but never its password. */
export type ExitInPool = ExitView & {
  scheme: (typeof proxySchemes)[number] | null;
  /** `host:port`; null for the machine's own. */
  address: string | null;
  /** Its first sign and dots. */
  login: string | null;
  forCabinet: boolean;
  /** Chromium gives SOCKS5 proxies no login. */
  takesBrowser: boolean;
  dead: { since: Date; why: DeadReason; nextTryAt: Date | null } | null;
  /** Of the last 24 hours. */
  requests: number;
  failures: number;
  p50: number | null;
  p95: number | null;
};
