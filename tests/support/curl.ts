/** What a command asks for: the little of curl and of the shell that our documents use. */
export type Curl = { method: string; url: string; headers: Record<string, string>; body?: string };

export type Variables = Record<string, string>;

const variable = (name: string, variables: Variables): string => {
  const value = variables[name];
  if (value === undefined) throw new Error(`$${name} is set by no command before`);
  return value;
};

/** Between double quotes: `$NAME`, and what a backslash protects. */
const expanded = (text: string, variables: Variables) =>
  text.replace(/\\(["\\$])|\$(\w+)/g, (_all, kept?: string, name?: string) =>
    name === undefined ? `${kept}` : variable(name, variables),
  );

const part = /(\\\n|\s+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\$(\w+)|([\w./:=?&%,@+-]+)/y;

/** The words of a command, as a shell hands them over. Throws for anything but quotes, `$NAME` and long lines. */
function wordsOf(command: string, variables: Variables): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < command.length; at = part.lastIndex) {
    part.lastIndex = at;
    const found = part.exec(command);
    if (!found) throw new Error(`not understood: ${command.slice(at, at + 40)}`);
    const [, gap, single, double, name, plain] = found;
    if (gap !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const said = double === undefined ? undefined : expanded(double, variables);
    const value = name === undefined ? undefined : variable(name, variables);
    word = `${word ?? ""}${single ?? said ?? value ?? plain ?? ""}`;
  }
  return word === null ? words : [...words, word];
}

type Part = "url" | "method" | "body" | "header";
const parts: Record<string, Part> = {
  "-X": "method",
  "-d": "body",
  "--data": "body",
  "-H": "header",
};

/** What is said of each part, in order. */
function partsOf([program, ...words]: string[]): Record<Part, string[]> {
  if (program !== "curl") throw new Error(`no curl: ${program}`);
  const said: Record<Part, string[]> = { url: [], method: [], body: [], header: [] };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const named = parts[word];
    if (!named && word.startsWith("-")) throw new Error(`not understood: ${word}`);
    said[named ?? "url"].push(named ? (words.shift() ?? "") : word);
  }
  return said;
}

const headerOf = (line: string): [string, string] => {
  const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? [];
  if (!name || !value) throw new Error(`no header: ${line}`);
  return [name.toLowerCase(), value];
};

const typed = { "content-type": "application/x-www-form-urlencoded" };

/** Throws for whatever curl can do besides. */
export function readCurl(command: string, variables: Variables): Curl {
  const said = partsOf(wordsOf(command.trim(), variables));
  const [url, ...more] = said.url;
  const [body, ...others] = said.body;
  // Curl makes many addresses of one with brackets, and reads a file for an @.
  const asksMore = more.length + others.length > 0 || body?.startsWith("@");
  if (!url || /[[\]{}]/.test(url) || asksMore) throw new Error(`asks more: ${command}`);
  const headers = Object.fromEntries(said.header.map(headerOf));
  const method = said.method.at(-1) ?? (body === undefined ? "GET" : "POST");
  if (body === undefined) return { method, url, headers };
  return { method, url, headers: { ...typed, ...headers }, body };
}
