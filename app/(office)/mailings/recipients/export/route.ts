import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { mailingAccess } from "@/lib/mailings/access";
import { exportRecipients } from "@/lib/mailings/recipients/export-recipients";
import { recipientsExport } from "@/lib/mailings/recipients/recipient-model";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** The recipients that the page shows by this address, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const said = parse(recipientsExport, Object.fromEntries(asked));
  const { format, sort: _sort, page: _page, ...filter } = said;
  const { db, clock } = mailingAccess();
  const now = clock();
  try {
    const file = await exportRecipients(db, caller, { filter, format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("recipients", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    asked.delete("format");
    asked.set("export", "wait");
    const location = `/mailings/recipients?${asked}`;
    return new Response(null, { status: 303, headers: { location } });
  }
});
