import { AppError } from "./errors";

type Line = { going: number; waiting: (() => void)[] };

// Next evaluates a module once per bundle; a page, an action and a job stand in the same line.
const shared = globalThis as typeof globalThis & { dukenLines?: Map<string, Map<string, Line>> };

function linesOf(name: string): Map<string, Line> {
  shared.dukenLines ??= new Map();
  const known = shared.dukenLines.get(name) ?? new Map<string, Line>();
  shared.dukenLines.set(name, known);
  return known;
}

type Limits = {
  /** At once, for a key. */
  most: number;
  /** More than so many who wait are turned away with `rate_limited` and this text; otherwise all wait. */
  waiting?: { most: number; error: string };
};

/**
 * Work that costs this process much: so much of it goes on at once for a key, the rest waits in the order
 * it came. The name is the program's only one. What must hold for all processes is Postgres's to keep.
 */
export function inTurns(name: string, { most, waiting }: Limits) {
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const lines = linesOf(name);
    const line = lines.get(key) ?? { going: 0, waiting: [] };
    lines.set(key, line);
    if (line.going < most) line.going += 1;
    else {
      if (waiting && line.waiting.length >= waiting.most)
        throw new AppError("rate_limited", waiting.error);
      // Whoever ends hands its turn over, so that nobody slips in between.
      await new Promise<void>((turn) => line.waiting.push(turn));
    }
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else line.going -= 1;
      if (line.going === 0) lines.delete(key);
    }
  };
}
