import { dirname } from "node:path";
import { messages } from "@/lib/i18n/messages";
import { rendered, runsWhere } from "../support/browser-files";
import { sourceOf } from "../support/source-imports";

/** A file Next renders by itself, such as a page or a layout: what its browser part says. */
export type Entry = { file: string; needs: Map<string, string>; gives: string[] };

const exists = (path: string) =>
  path
    .split(".")
    .reduce<unknown>(
      (tree, key) => (tree as Record<string, unknown> | undefined)?.[key],
      messages.ru,
    ) !== undefined;

/** The first argument of a call, from behind its bracket to the comma or bracket that ends it. */
function firstArgument(source: string, from: number): string {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at] ?? "";
    if (depth === 0 && (sign === "," || sign === ")")) return source.slice(from, at);
    if ("([{".includes(sign)) depth += 1;
    if (")]}".includes(sign)) depth -= 1;
  }
  return "";
}

/** The messages one call asks for: those its texts name, else everything the translator has. */
function askedFor(argument: string, inside: string): string[] {
  const texts = [...argument.matchAll(/"([\w.]+)"|`([\w.]*)(?:\$\{[^`]*)?`/g)].map(
    ([whole, plain, template]) =>
      plain ??
      (whole.includes("${") ? (template ?? "").replace(/\.?[^.]*$/, "") : (template ?? "")),
  );
  const paths = texts.map((text) => [inside, text].filter(Boolean).join("."));
  const known = paths.filter((path) => path !== "" && exists(path));
  return known.length > 0 ? known : [inside];
}

/** Functions that are handed all messages, and what they say of them. */
const saidBy: Record<string, string[]> = {
  errorText: ["errors", "common.span"],
  runFailureText: ["errors", "runs.failure"],
  jobName: ["runs.job"],
  cancelText: ["runs.act"],
  failureText: ["runs.why"],
  doingText: ["runs.doing", "runs.sync"],
};

/** What a file says through its translators, each from its `useTranslations` to the next of the name. */
function saidIn(file: string): string[] {
  const source = sourceOf(file);
  const made = [...source.matchAll(/const (\w+) = useTranslations\((?:"([\w.]+)")?\);/g)];
  return made.flatMap(({ 0: whole, 1: name = "", 2: inside = "", index }, nth) => {
    const next = made.slice(nth + 1).find((other) => other[1] === name);
    const scope = source.slice(index + whole.length, next?.index);
    const calls = [...scope.matchAll(new RegExp(`\\b${name}(?:\\.(?:rich|has))?\\(`, "g"))];
    const asked = calls.flatMap((call) =>
      askedFor(firstArgument(scope, call.index + call[0].length), inside),
    );
    const passedTo = [...scope.matchAll(new RegExp(`(\\w+)\\(\\s*${name}\\s*[,)]`, "g"))];
    return [...asked, ...passedTo.flatMap(([, reader = ""]) => saidBy[reader] ?? [inside])];
  });
}

function readEntry(file: string): Entry {
  const { onServer, inBrowser } = runsWhere(file);
  const needs = new Map(inBrowser.flatMap((path) => saidIn(path).map((said) => [said, path])));
  const given = onServer.flatMap((path) => [
    ...sourceOf(path).matchAll(/<(?:ClientMessages|Page)\s[^>]*?(?:of|messages)=\{\[([^\]]*)\]\}/g),
  ]);
  const gives = given.flatMap(([, list = ""]) =>
    [...list.matchAll(/"([\w.]+)"/g)].map(([, path = ""]) => path),
  );
  return { file, needs, gives: [...new Set(gives)] };
}

export const entries = rendered.map(readEntry);

/** The layouts around an entry, and itself. */
export const around = ({ file }: Entry) =>
  entries.filter(
    (other) =>
      other.file === file ||
      (other.file.endsWith("/layout.tsx") &&
        `${dirname(file)}/`.startsWith(`${dirname(other.file)}/`)),
  );

export const covers = (path: string, need: string) => need === path || need.startsWith(`${path}.`);
