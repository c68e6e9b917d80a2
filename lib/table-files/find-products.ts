import type { Caller } from "@/lib/auth/model";
import { storable } from "@/lib/core/text";
import type { Tx } from "@/lib/db/client";
import { isCut } from "@/lib/excel/sheet-model";
import type { FailedLine } from "./plan-model";
import { productsCalled } from "./row-queries";
import type { TableLine } from "./table-model";

/** The lines of a file by the product they are about, and those that are about none. */
export type Found = { byProduct: Map<string, TableLine>; failed: FailedLine[] };

const PIECE = 10_000;

/**
 * Finds the product of each line: by the mark of our export, else by its article in the store, or in the
 * caller's own. A product is spoken of once: a second line of it counts for nothing.
 */
export async function findProducts(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
  lines: readonly TableLine[],
): Promise<Found> {
  const found: Found = { byProduct: new Map(), failed: [] };
  const unmarked = lines.filter(({ productId }) => productId === null).filter(saysSomething);
  const known = await idsByArticle(tx, caller, storeId, unmarked);
  for (const line of lines) {
    if (line.productId !== null) take(found, line.productId, line);
    else if (saysSomething(line)) {
      const [id, ...others] = known.get(line.article) ?? [];
      const why = wrongWith(line, id, others);
      if (why === null && id !== undefined) take(found, id, line);
      else found.failed.push(failure(line, why ?? "article_unknown"));
    }
  }
  return found;
}

const saysSomething = ({ article, cells }: TableLine) =>
  article !== "" || [...cells.values()].some((cell) => cell !== "");

function wrongWith({ article }: TableLine, id: string | undefined, others: string[]) {
  if (article === "") return "field_empty";
  if (isCut(article)) return "text_too_long";
  if (id === undefined) return "article_unknown";
  return others.length > 0 ? "article_in_several" : null;
}

function take({ byProduct, failed }: Found, id: string, line: TableLine): void {
  if (byProduct.has(id)) failed.push(failure(line, "article_twice"));
  else byProduct.set(id, line);
}

export const failure = ({ line, article }: TableLine, why: string): FailedLine => ({
  ...{ line, productId: null, why },
  article: storable(article.slice(0, 100)),
});

async function idsByArticle(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
  lines: readonly TableLine[],
): Promise<Map<string, string[]>> {
  const articles = [...new Set(lines.map(({ article }) => storable(article)))];
  const ids = new Map<string, string[]>();
  for (let at = 0; at < articles.length; at += PIECE) {
    const piece = articles.slice(at, at + PIECE);
    for (const { id, sku } of await productsCalled(tx, caller, storeId, piece))
      ids.set(sku, [...(ids.get(sku) ?? []), id]);
  }
  return ids;
}
