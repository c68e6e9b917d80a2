/** A message taken apart: its arguments with their kinds, its rich tags, and the words people read. */
export type IcuMessage = { args: string[]; tags: string[]; words: string };

/** Reads just enough ICU for the tests: arguments, plural and select with their branches, tags. */
export function readIcu(message: string): IcuMessage {
  const args = new Set<string>();
  const tags = new Set<string>();
  const words = readText(message, args, tags);
  return { args: [...args].sort(), tags: [...tags].sort(), words };
}

function readText(text: string, args: Set<string>, tags: Set<string>): string {
  let words = "";
  let at = 0;
  while (at < text.length) {
    if (text[at] !== "{") {
      words += text[at];
      at += 1;
      continue;
    }
    const end = closingBrace(text, at);
    words += ` ${readArgument(text.slice(at + 1, end), args, tags)} `;
    at = end + 1;
  }
  return words.replace(/<\/?(\w+)\/?>/g, (_, tag: string) => {
    tags.add(tag);
    return " ";
  });
}

function readArgument(inside: string, args: Set<string>, tags: Set<string>): string {
  const [, name = "", kind = "", rest = ""] =
    /^\s*(\w+)\s*(?:,\s*(\w+)\s*,?)?([\s\S]*)$/.exec(inside) ?? [];
  args.add(kind === "" ? name : `${name}:${kind}`);
  if (kind !== "plural" && kind !== "select" && kind !== "selectordinal") return "";
  return branchesOf(rest)
    .map((branch) => readText(branch, args, tags))
    .join(" ");
}

function branchesOf(text: string): string[] {
  const branches: string[] = [];
  for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at)) {
    const end = closingBrace(text, at);
    branches.push(text.slice(at + 1, end));
    at = end + 1;
  }
  return branches;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`unbalanced braces: ${text}`);
}
