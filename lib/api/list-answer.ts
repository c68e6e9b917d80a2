import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/env";

export const MOST_ROWS = 100;

const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: "not_a_whole_number" })
    .int({ error: "not_a_whole_number" })
    .min(least)
    .max(most);

/** What every list can be asked. `orderings`: by what its rows can be sorted, `-` before for the other way. */
export const listQuery = <O extends string>(orderings: readonly O[]) => {
  const ways = orderings.flatMap((one) => [one, `-${one}` as const]);
  return {
    page: whole(1, 1_000_000).default(1),
    page_size: whole(1, MOST_ROWS).default(50),
    ordering: z
      .enum(ways as [O | `-${O}`, ...(O | `-${O}`)[]], { error: "ordering_unknown" })
      .optional(),
  };
};

/** Which rows a page asks for. */
export const spanOf = (asked: { page: number; page_size: number }) => ({
  limit: asked.page_size,
  offset: (asked.page - 1) * asked.page_size,
});

/** A page of a list; `next` and `previous` are whole addresses. */
export const listOf = <T extends z.ZodType>(row: T) =>
  z.object({
    count: z.int().min(0),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(row),
  });

/** A page whose rows are JSON already. */
export function pageJson({ results, ...page }: Page<string>): string {
  const { results: _none, ...rest } = pageOf({ ...page, results: [] });
  return `${JSON.stringify(rest).slice(0, -1)},"results":[${results.join()}]}`;
}

const lastOf = (count: number, pageSize: number) => Math.max(1, Math.ceil(count / pageSize));

/** Throws `not_found` for a page after the last: nothing is looked for there. */
export function requirePage(count: number, asked: { page: number; page_size: number }): void {
  if (asked.page > lastOf(count, asked.page_size))
    throw new AppError("not_found", "page_not_found");
}

type Page<T> = { request: Request; page: number; pageSize: number; count: number; results: T[] };

/** Throws `not_found` for a page after the last. */
export function pageOf<T>({ request, page, pageSize, count, results }: Page<T>) {
  requirePage(count, { page, page_size: pageSize });
  const last = lastOf(count, pageSize);
  const at = (nth: number) => {
    const { pathname, searchParams } = new URL(request.url);
    searchParams.set("page", `${nth}`);
    return `${new URL(env().NEXTAUTH_URL).origin}${pathname}?${searchParams}`;
  };
  return {
    count,
    next: page < last ? at(page + 1) : null,
    previous: page > 1 ? at(page - 1) : null,
    results,
  };
}
