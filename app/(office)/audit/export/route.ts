import { exportSchema } from "@/lib/audit/address";
import { exportAudit } from "@/lib/audit/export-audit";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";

const types = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
};

/** The audit as it is narrowed in the address, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...query } = parse(exportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportAudit(db, caller, { query, format, locale: caller.locale, now });
    const name = `duken-audit-${now.toISOString().slice(0, 10)}.${format}`;
    return new Response(file, {
      headers: {
        "content-type": types[format],
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store, no-transform",
      },
    });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    asked.delete("format");
    asked.set("export", "wait");
    return new Response(null, { status: 303, headers: { location: `/audit?${asked}` } });
  }
});
