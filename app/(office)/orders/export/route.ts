import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { orderExportSchema } from "@/lib/orders/address";
import { exportOrders } from "@/lib/orders/export-orders";
import { fileTypes } from "@/lib/table-files/format-model";

/** The list as it is narrowed in the address, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...filter } = parse(orderExportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportOrders(db, caller, { filter, format, locale: caller.locale, now });
    const name = `duken-orders-${now.toISOString().slice(0, 10)}.${format}`;
    return new Response(file, {
      headers: {
        "content-type": fileTypes[format],
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store, no-transform",
      },
    });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    asked.delete("format");
    asked.set("export", "wait");
    return new Response(null, { status: 303, headers: { location: `/orders?${asked}` } });
  }
});
