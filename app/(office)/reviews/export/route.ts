import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { exportReviews } from "@/lib/reviews/export-reviews";
import { reviewsExport } from "@/lib/reviews/model";
import { fileHeaders } from "@/lib/table-files/file-headers";

/** The reviews that the page shows by this address, as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const asked = new URL(request.url).searchParams;
  const { format, of, page: _page, ...choice } = parse(reviewsExport, Object.fromEntries(asked));
  const { db, clock } = kaspiAccess();
  const now = clock();
  const wanted = { cardId: of ?? null, choice, format, locale: caller.locale, now };
  try {
    const file = await exportReviews(db, caller, wanted);
    return new Response(file, { headers: fileHeaders("reviews", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    asked.delete("format");
    asked.delete("of");
    asked.set("export", "wait");
    const location = `/reviews${of ? `/cards/${of}` : ""}?${asked}`;
    return new Response(null, { status: 303, headers: { location } });
  }
});
