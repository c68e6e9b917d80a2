import { expect } from "vitest";

/** A command of a document, what is said about it, and the answer that stands below it. */
export type Recipe = {
  /** Its first line. */
  title: string;
  command: string;
  /** Null: any that says it went well. */
  status: number | null;
  /** Variables that the answer sets, and where they stand in it. */
  sets: { name: string; path: string }[];
  /** Variables that come from elsewhere. */
  asks: string[];
  shown: unknown;
};

const fence = /^```(\w+)\n([\s\S]*?)^```\n(?:\n```json\n([\s\S]*?)^```$)?/gm;

/** Every `sh` block that holds a curl command, in order. Throws for a comment that means nothing. */
export function recipesOf(document: string): Recipe[] {
  return [...document.matchAll(fence)]
    .filter(([, language, text]) => language === "sh" && /^curl /m.test(text ?? ""))
    .map(([, , text = "", json]) => toRecipe(text, json));
}

function toRecipe(text: string, json: string | undefined): Recipe {
  const lines = text.trimEnd().split("\n");
  const command = lines.filter((line) => !line.startsWith("#")).join("\n");
  const recipe: Recipe = {
    title: command.replace(/ \\\n[\s\S]*/, ""),
    ...{ command, status: null, sets: [], asks: [] },
    shown: json === undefined ? undefined : JSON.parse(json),
  };
  for (const line of lines.filter((one) => one.startsWith("#"))) {
    const [, status, name, path, asked] =
      /^# (?:→ (\d{3})|([A-Z]+)=((?:\.\w+|\[\d+\])+)|([A-Z]+): .+)$/.exec(line) ?? [];
    if (status) recipe.status = Number(status);
    else if (name && path) recipe.sets.push({ name, path });
    else if (asked) recipe.asks.push(asked);
    else throw new Error(`not understood: ${line}`);
  }
  return recipe;
}

/** What stands there, by the few words of jq that are used. */
export function valueAt(body: unknown, path: string): string {
  let at = body;
  for (const [, name, nth] of path.matchAll(/\.(\w+)|\[(\d+)\]/g))
    at = (at as Record<string, unknown> | undefined)?.[name ?? nth ?? ""];
  return typeof at === "string" ? at : expect.fail(`${path} is ${JSON.stringify(at)}`);
}

const REST = "…";

/** What is shown, with what the answer has in the place of each `…`: of one value, or of an array's rest. */
export function filledIn(shown: unknown, real: unknown): unknown {
  if (shown === REST) return real === undefined ? "something" : real;
  if (typeof shown !== "object" || shown === null) return shown;
  if (!Array.isArray(shown)) {
    const of = (typeof real === "object" && real !== null ? real : {}) as Record<string, unknown>;
    const filled = Object.entries(shown).map(([key, value]) => [key, filledIn(value, of[key])]);
    return Object.fromEntries(filled);
  }
  const all: unknown[] = Array.isArray(real) ? real : [];
  const isOpen = shown.length > 0 && shown.at(-1) === REST;
  const named = isOpen ? shown.slice(0, -1) : shown;
  const filled = named.map((one, nth) => filledIn(one, all[nth]));
  return isOpen ? [...filled, ...all.slice(named.length)] : filled;
}
