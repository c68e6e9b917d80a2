import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { profitExportSchema } from "@/lib/sales/address";
import { exportProfit } from "@/lib/sales/export-profit";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** What the page of profit shows, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...address } = parse(profitExportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportProfit(db, caller, { address, format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("profit", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    asked.delete("format");
    asked.set("export", "wait");
    return new Response(null, { status: 303, headers: { location: `/sales/profit?${asked}` } });
  }
});
