import { z } from "zod";
import { keyNameSchema, keyScopesSchema } from "@/lib/auth/api-key-model";
import { createApiKey } from "@/lib/auth/api-keys";
import { emailSchema } from "@/lib/auth/model";
import { findUserId } from "@/lib/auth/users";
import { DAY, HOUR, systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { defineCommand, UsageError } from "./command";
import { parseInput } from "./parse-input";

const givenSchema = z.object({
  email: emailSchema,
  scopes: z
    .string()
    .transform((list) => list.split(",").map((scope) => scope.trim()))
    .pipe(keyScopesSchema),
  name: keyNameSchema,
});

const units: Record<string, number> = { h: HOUR, d: DAY, w: 7 * DAY };
const LONGEST = 3_650 * DAY;

/** `12h`, `30d`, `8w` in milliseconds; null when nothing is given. */
function lifeOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const [, count = "", unit = ""] = /^(\d{1,6})([hdw])$/.exec(given) ?? [];
  const life = Number(count) * (units[unit] ?? 0);
  if (life > 0 && life <= LONGEST) return life;
  throw new UsageError("--expires: нужен срок вида 12h, 30d или 8w, не больше десяти лет");
}

/** `50` requests a second, `0` for no limit; null when nothing is given. */
function perSecondOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  if (/^\d{1,4}$/.test(given) && Number(given) <= 1_000) return Number(given);
  throw new UsageError(
    "--per-second: нужно целое число запросов в секунду, не больше 1000; 0 снимает ограничение",
  );
}

export const createApiKeyCommand = defineCommand({
  summary: "Создаёт ключ для программ и печатает только его; больше он не покажется.",
  usage: "--email ПОЧТА --scopes read,write,kaspi [--name ИМЯ] [--expires 30d] [--per-second 20]",
  options: {
    email: { type: "string" },
    scopes: { type: "string" },
    name: { type: "string" },
    expires: { type: "string" },
    "per-second": { type: "string" },
  },
  async run({ email = "", scopes = "", name: called = "manage create-api-key", ...rest }) {
    const { expires, "per-second": pace } = rest;
    const perSecond = perSecondOf(pace);
    const lifeMs = lifeOf(expires);
    const given = parseInput(givenSchema, { email, scopes, name: called });
    const userId = await findUserId(db(), given.email);
    if (!userId) {
      console.error(`Пользователя ${given.email} нет, или он заблокирован.`);
      return 1;
    }
    const now = systemClock();
    console.log(
      await createApiKey(db(), userId, { ...given, lifeMs, perSecond }, { by: null, now }),
    );
    return 0;
  },
});
