/** The fields a GraphQL question selects, each with what it selects of them (null: a plain value). */
type Selection = Map<string, Selection | null>;
type Variables = Record<string, unknown>;

/**
 * Of an answer only what the question selects, as GraphQL does. It knows as much of the language as the cabinet's
 * own questions use; what is no question selects everything.
 */
export function selected(answer: unknown, query: string, variables: Variables): unknown {
  if (!query.includes("{")) return answer;
  const parser = new Parser(query, variables);
  return picked(answer, parser.read());
}

function picked(value: unknown, selection: Selection | null): unknown {
  if (selection === null || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((one) => picked(one, selection));
  const known = new Map<string, unknown>(Object.entries(value));
  const names = [...selection].filter(([name]) => known.has(name));
  return Object.fromEntries(names.map(([name, inner]) => [name, picked(known.get(name), inner)]));
}

class Parser {
  readonly #tokens: string[];
  readonly #fragments = new Map<string, Selection>();
  #at = 0;

  constructor(
    query: string,
    readonly variables: Variables,
  ) {
    this.#tokens = query.match(/\.\.\.|[{}()@:]|[^\s{}()@:,]+/g) ?? [];
  }

  read(): Selection {
    // Fragments are written behind the question that uses them.
    const starts = this.#tokens.flatMap((token, nth) => (token === "fragment" ? [nth] : []));
    for (const start of starts.reverse()) {
      this.#at = start;
      const name = this.#tokens[start + 1] ?? "";
      this.#skipTo("{");
      this.#fragments.set(name, this.#selection());
    }
    this.#at = 0;
    this.#skipTo("{");
    return this.#selection();
  }

  #selection(): Selection {
    const fields: Selection = new Map();
    this.#at += 1;
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== "}") this.#one(fields);
    this.#at += 1;
    return fields;
  }

  #one(fields: Selection): void {
    let name = this.#next();
    if (name === "...") {
      this.#spread(fields);
      return;
    }
    if (this.#tokens[this.#at] === ":") {
      this.#at += 1;
      name = this.#next();
    }
    if (this.#tokens[this.#at] === "(") this.#parentheses();
    const isMeant = this.#isMeant();
    const inner = this.#tokens[this.#at] === "{" ? this.#selection() : null;
    if (isMeant) fields.set(name, merged(fields.get(name), inner));
  }

  /** `... on Type { }`, or `...Name`. */
  #spread(fields: Selection): void {
    const name = this.#next();
    if (name === "on") this.#next();
    const inner = name === "on" ? this.#selection() : this.#fragments.get(name);
    for (const [field, more] of inner ?? []) fields.set(field, merged(fields.get(field), more));
  }

  /** `@skip(if: $x)`, `@include(if: $x)`. */
  #isMeant(): boolean {
    let isMeant = true;
    while (this.#tokens[this.#at] === "@") {
      this.#at += 1;
      const directive = this.#next();
      const variable = this.#parentheses().find((token) => token.startsWith("$")) ?? "";
      const isSet = this.variables[variable.slice(1)] === true;
      isMeant &&= directive === "include" ? isSet : !isSet;
    }
    return isMeant;
  }

  #parentheses(): string[] {
    const from = this.#at;
    this.#skipTo(")");
    this.#at += 1;
    return this.#tokens.slice(from, this.#at);
  }

  #skipTo(token: string): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== token) this.#at += 1;
  }

  #next(): string {
    this.#at += 1;
    return this.#tokens[this.#at - 1] ?? "";
  }
}

function merged(one: Selection | null | undefined, other: Selection | null): Selection | null {
  if (!one || !other) return other ?? one ?? null;
  const both = new Map(one);
  for (const [name, inner] of other) both.set(name, merged(both.get(name), inner));
  return both;
}
