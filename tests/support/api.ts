import { answerApi } from "@/lib/api/answer-api";
import type { Operation } from "@/lib/api/operation";
import type { ApiScope } from "@/lib/auth/api-key-scope-model";
import { createApiKey } from "@/lib/auth/api-keys";
import { systemClock } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { type TestOffice, testOffice } from "./office";

type Said = {
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
};

const shared = globalThis as typeof globalThis & { dukenKaspiAccess?: KaspiAccess };

/** What a program has of the office: keys, and calls with them. No call is paced unless its key is. */
export function apiOf({ access }: TestOffice, ownKey: string) {
  // As in a process that serves pages: there is one access to Kaspi.
  shared.dukenKaspiAccess = access;
  return {
    async call(method: string, path: string, { body, key = ownKey, headers = {} }: Said = {}) {
      const request = new Request(`http://inside/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const answer = await answerApi(request);
      const text = await answer.text();
      const isJson = answer.headers.get("content-type")?.startsWith("application/json");
      return {
        status: answer.status,
        headers: answer.headers,
        body: isJson ? JSON.parse(text) : text,
      };
    },
  };
}

/** A key of somebody's, paced only when it is said how many a second. */
export function keyOf(
  { access: { db } }: TestOffice,
  userId: string,
  scopes: ApiScope[] = ["read", "write", "kaspi"],
  perSecond: number | null = 0,
): Promise<string> {
  const wanted = { name: "test", scopes, lifeMs: null, perSecond };
  return createApiKey(db, userId, wanted, { by: null, now: systemClock() });
}

/** An office over the training Kaspi, and its owner's program. Once per test file. */
export async function apiOffice() {
  const office = await testOffice();
  const key = await keyOf(office, office.owner.id);
  const bot = await keyOf(office, office.owner.id, ["bot"]);
  /** The key with which an operation is asked: the bot's own are asked by the bot. */
  const keyFor = (operation?: Pick<Operation, "scope">) => (operation?.scope === "bot" ? bot : key);
  return { ...office, key, bot, keyFor, ...apiOf(office, key) };
}
