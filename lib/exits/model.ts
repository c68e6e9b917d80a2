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
};

/** Why a proxy is not used: not tried yet, its login, its refusal, or its silence. */
export type DeadReason = "untried" | "login" | "refused" | "silent";

/** Kaspi refuses an address for a while above about 15 reads a second; 10 are safe. */
export const paceSchema = typedNumber({ least: 0.1, most: 10, error: "exit_pace" });

const hostAndPort = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]):(\d{1,5})$/i;

const isAddress = (text: string) => {
  const port = Number(hostAndPort.exec(text)?.[1] ?? 0);
  return port >= 1 && port <= 65_535;
};

const secret = z.string().max(200, { error: "too_long" });

export const newExitSchema = z.object({
  name: z
    .string()
    .overwrite(storable)
    .trim()
    .min(1, { error: "name_empty" })
    .max(60, { error: "name_long" }),
  scheme: z.enum(proxySchemes),
  address: z.string().trim().max(255).refine(isAddress, { error: "proxy_address" }),
  login: secret,
  password: secret,
  readsPerSecond: paceSchema,
});
export type NewExit = z.infer<typeof newExitSchema>;

export const exitIdSchema = z.object({ exitId: z.uuid() });
export const exitPaceSchema = exitIdSchema.extend({ readsPerSecond: paceSchema });
export const exitSwitchSchema = exitIdSchema.extend({ isActive: z.boolean() });

/** The proxy's address with its login, as the client takes it. A secret. */
export function proxyUrlOf({ scheme, address, login, password }: NewExit): string {
  const who =
    login || password ? `${encodeURIComponent(login)}:${encodeURIComponent(password)}@` : "";
  return `${scheme}://${who}${address}`;
}
