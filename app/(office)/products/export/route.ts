import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { productsExportSchema } from "@/lib/table-files/export-model";
import { exportProducts } from "@/lib/table-files/export-products";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** The products that the page shows by this address, as a file that can be sent back. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, ...query } = parse(productsExportSchema, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportProducts(db, caller, { query, format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("products", format, now) });
  } catch (error) {
    // A link has led here: the answer is a page that says why there is no file.
    const isMany = isAppError(error, "invalid") && error.key === "export_too_large";
    if (!isMany && !isAppError(error, "rate_limited")) throw error;
    asked.delete("format");
    asked.set("export", isMany ? "many" : "wait");
    return new Response(null, { status: 303, headers: { location: `/products?${asked}` } });
  }
});
