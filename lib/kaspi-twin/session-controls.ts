import { z } from "zod";
import { accountOfEmail, accounts } from "@/lib/kaspi-twin/accounts";
import { control } from "@/lib/kaspi-twin/control";
import { merchants } from "@/lib/kaspi-twin/merchants";
import { tokenOf } from "@/lib/kaspi-twin/shop-tokens";

export const sessionControls = {
  about: control("logins and merchants of this twin", z.object({}).default({}), (world) => ({
    seed: world.seed,
    urls: world.urls,
    logins: accounts.map((account) => ({ ...account, password: world.passwordOf(account) })),
    merchants: merchants.map((one) => ({ ...one, token: tokenOf(world.seed, one.uid) })),
  })),
  expireSessions: control(
    "ends all sessions, or those of one login; `keepSso` leaves them inside at the identity host",
    z
      .object({ email: z.string().optional(), keepSso: z.boolean().default(false) })
      .default({ keepSso: false }),
    (world, { email, keepSso }) => {
      if (!keepSso) world.sessions.expireSso(email);
      return { ended: world.sessions.expire(email) };
    },
  ),
  setPassword: control(
    "changes a login's password",
    z.object({ email: z.string(), password: z.string() }),
    (world, { email, password }) => {
      const account = accountOfEmail(email);
      if (!account) throw new RangeError(`no login ${email}`);
      world.passwords.set(account.email, password);
    },
  ),
  lastCode: control(
    "the code that was mailed or texted last, to anybody or to one address",
    z.object({ to: z.string().optional() }).default({}),
    (world, { to }) => world.codes.last(to),
  ),
};
