import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { salesExportSchema } from "@/lib/sales/address";
import { exportSales } from "@/lib/sales/export-sales";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** What the page of sales shows, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...address } = parse(salesExportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportSales(db, caller, { address, format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("sales", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    asked.delete("format");
    asked.set("export", "wait");
    return new Response(null, { status: 303, headers: { location: `/sales?${asked}` } });
  }
});
