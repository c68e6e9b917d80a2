import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { ActionResult } from "@/lib/auth/action";
import type { Pools } from "./schema-inputs";

/** Open to strangers, on purpose. */
export const openRoutes = [
  "app/api/auth/[...nextauth]/route.ts",
  "app/api/inngest/route.ts",
  "app/api/telegram/route.ts",
  "app/feed/[token]/kaspi.xml/route.ts",
  "app/health/db/route.ts",
  "app/health/ready/route.ts",
  "app/health/route.ts",
  "app/unsubscribe/[token]/now/route.ts",
];
/** One address for all of the API: each of its operations has a door of its own (tests/api/document.test.ts). */
export const apiRoute = "app/api/v1/[...path]/route.ts";
export const openActions = ["forgot", "invite", "reset", "setup"].map(
  (page) => `app/(auth)/${page}/actions.ts`,
);

/** Every source file that is part of the application. */
export const files = ["app", "components", "lib"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  )
  .filter((path) => /\.tsx?$/.test(path))
  .sort();
export const sourceOf = (file: string) => readFileSync(file, "utf8");

/** The files of the tree with this name, under whatever address. */
export const named = (name: string) =>
  files.filter((file) => file.startsWith("app/") && file.endsWith(`/${name}`));

/** Everything a file exports at run time, as it is written. */
export function exportsOf(source: string): string[] {
  return source.split("\n").filter((line) => /^export (?!type |interface )/.test(line));
}

/** `/products/[id]/chart` of `app/(office)/products/[id]/chart/route.ts`. */
export function addressOf(file: string): string {
  const parts = file.split("/").slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
}

type Call = (input: unknown) => Promise<ActionResult<unknown>>;
export type Action = { name: string; file: string; schema: z.ZodType; call: Call };

const load = (file: string) => import(/* @vite-ignore */ join(process.cwd(), file));

/**
 * Every action of the tree, by its file and name. The test's file must have `action` and `publicAction`
 * keep their schema on what they make (`vi.mock` with `keepSchema`).
 */
export async function allActions(): Promise<Action[]> {
  const found = await Promise.all(
    named("actions.ts").map(async (file) => {
      const made: Record<string, Call & { schema: z.ZodType }> = await load(file);
      return Object.entries(made).map(([name, call]) => ({
        name: `${addressOf(file)}#${name}`,
        file,
        schema: call.schema,
        call,
      }));
    }),
  );
  return found.flat();
}

/** Those that ask who it is themselves. */
export const closedRoutes = () =>
  named("route.ts").filter((file) => file !== apiRoute && !openRoutes.includes(file));

type Handle = (request: Request, context: unknown) => Promise<Response>;

/** Every handler of a route that asks who it is. */
export async function allRoutes(): Promise<{ address: string; method: string; handle: Handle }[]> {
  const closed = closedRoutes();
  const found = await Promise.all(
    closed.map(async (file) => {
      const made: Record<string, Handle> = await load(file);
      return Object.entries(made).map(([method, handle]) => ({
        address: addressOf(file),
        method,
        handle,
      }));
    }),
  );
  return found.flat();
}

/** What `[id]` means after each word of an address. */
const idAfter: Record<string, string> = {
  products: "productId",
  orders: "orderId",
  runs: "runId",
  stores: "storeId",
  people: "personId",
  groups: "groupId",
  webhooks: "webhookId",
  versions: "listId",
  import: "importId",
  cards: "cardId",
  messages: "messageId",
  mailings: "mailingId",
  files: "fileId",
  mailbox: "letterId",
  tasks: "taskId",
};

/** The address with its `[id]` filled from the pools, and the params that Next makes of it. */
export function filled(address: string, ids: Pools, nth = 0) {
  const params: Record<string, string> = {};
  const path = address.replace(/([a-z]+)\/\[(\w+)\]/g, (_whole, word: string, name: string) => {
    const id = ids[idAfter[word] ?? ""]?.[nth];
    if (id === undefined) throw new Error(`whose id stands in ${address}?`);
    params[name] = id;
    return `${word}/${id}`;
  });
  return { path, params };
}

type Make = (schema: z.ZodType, ...rest: never[]) => Call;

/** The real doors; what they make remembers what it takes. */
export function keepSchema(doors: object): object {
  const remembering =
    (make: Make) =>
    (schema: z.ZodType, ...rest: never[]) =>
      Object.assign(make(schema, ...rest), { schema });
  const { action, publicAction } = doors as { action: Make; publicAction: Make };
  return { ...doors, action: remembering(action), publicAction: remembering(publicAction) };
}
