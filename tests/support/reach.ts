import { dirname, join, normalize } from "node:path";
import { sourceFiles, sourceOf } from "./source-imports";

/** A declaration at the top of a file, with all that is written in it. */
type Declared = { file: string; text: string };

const known = new Set(sourceFiles);

function fileOf(from: string, specifier: string): string | undefined {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : normalize(join(dirname(from), specifier));
  return [`${path}.ts`, `${path}.tsx`].find((name) => known.has(name));
}

const kept = new Map<string, Map<string, Declared>>();

/** What a file declares at its top, by name. */
export function declaredIn(file: string): Map<string, Declared> {
  const found = kept.get(file) ?? new Map<string, Declared>();
  if (kept.has(file)) return found;
  kept.set(file, found);
  const start =
    /^(?:export )?(?:default )?(?:async )?(?:function\*? |const |class )(\w+)|^(?:import|export \{|type|export type|interface)/gm;
  const source = sourceOf(file);
  const starts = [...source.matchAll(start)];
  for (const [nth, match] of starts.entries())
    if (match[1])
      found.set(match[1], { file, text: source.slice(match.index, starts[nth + 1]?.index) });
  return found;
}

/** The names a file takes from others of ours: as it calls them, where they are from, and as those call them. */
function takenBy(file: string): Map<string, { file: string; name: string }> {
  const taken = new Map<string, { file: string; name: string }>();
  const imports = sourceOf(file).matchAll(/^import \{([^}]*)\} from "([^"]+)"/gm);
  for (const [, names = "", specifier = ""] of imports) {
    const from = fileOf(file, specifier);
    for (const part of names.split(",")) {
      const [name, as = name] = part.trim().split(/\s+as\s+/);
      if (from && name && as && !name.startsWith("type ")) taken.set(as, { file: from, name });
    }
  }
  return taken;
}

/**
 * Everything that a declaration may come to call, as far as names tell: what is handed over as a value
 * counts as called, so nothing that happens is missing, while something that never happens may be there.
 */
export function reachOf(
  file: string,
  name: string,
  /** Names that lead too far: what comes after them does not count. */
  besides: readonly string[] = [],
): Declared[] {
  const met = new Map<string, Declared>();
  const waiting = [{ file, name }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const key = `${next.file} ${next.name}`;
    const declared = declaredIn(next.file).get(next.name);
    if (!declared || met.has(key)) continue;
    met.set(key, declared);
    const own = declaredIn(next.file);
    const taken = takenBy(next.file);
    for (const [word] of declared.text.matchAll(/\b[A-Za-z_]\w*\b/g)) {
      if (besides.includes(word)) continue;
      const other = taken.get(word);
      if (other) waiting.push(other);
      else if (own.has(word)) waiting.push({ file: next.file, name: word });
    }
  }
  return [...met.values()];
}
