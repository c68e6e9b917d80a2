import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { rivalsExportSchema } from "@/lib/table-files/export-model";
import { exportRivals } from "@/lib/table-files/export-rivals";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** The rivals that the page shows by this address, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...query } = parse(rivalsExportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportRivals(db, caller, { query, format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("rivals", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    asked.delete("format");
    asked.set("export", "wait");
    return new Response(null, { status: 303, headers: { location: `/rivals?${asked}` } });
  }
});
