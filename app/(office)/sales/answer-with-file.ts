import type { z } from "zod";
import { parse } from "@/lib/auth/action";
import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { kaspiAccess } from "@/lib/exits/access";
import type { Locale } from "@/lib/i18n/locales";
import { fileHeaders } from "@/lib/table-files/file-headers";

type Format = "xlsx" | "csv";
type Made<Address> = (
  db: Db,
  caller: Caller,
  how: { address: Address; format: Format; locale: Locale; now: Date },
) => Promise<ReadableStream<Uint8Array>>;

/** Answers with what a page of sales shows, as a file; `path` is the page's, `name` the file's. */
export function answerWithFile<Address extends object>(
  { path, name }: { path: string; name: string },
  schema: z.ZodType<Address & { format: Format }>,
  make: Made<Address>,
) {
  return async (caller: Caller, request: Request): Promise<Response> => {
    const asked = new URL(request.url).searchParams;
    const { format, ...address } = parse(schema, Object.fromEntries(asked));
    const { db, clock } = kaspiAccess();
    const how = { address: address as unknown as Address, format, locale: caller.locale };
    const now = clock();
    try {
      const file = await make(db, caller, { ...how, now });
      return new Response(file, { headers: fileHeaders(name, format, now) });
    } catch (error) {
      if (!isAppError(error, "rate_limited")) throw error;
      // A link has led here: the answer is a page that says why there is no file.
      asked.delete("format");
      asked.set("export", "wait");
      return new Response(null, { status: 303, headers: { location: `${path}?${asked}` } });
    }
  };
}
