import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { isAppError } from "@/lib/core/errors";
import { xlsxType } from "@/lib/excel/kaspi-template-model";
import { kaspiAccess } from "@/lib/exits/access";
import { preorderFilterSchema } from "@/lib/preorders/address";
import { exportPreorders, preordersFileName } from "@/lib/preorders/export-preorders";

/** Kaspi's table is of one store: without it there is no file. */
const asked = preorderFilterSchema.extend({ store: z.uuid() });

/** The list as it is narrowed in the address, in Kaspi's own table. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const address = new URL(request.url).searchParams;
  const filter = parse(asked, Object.fromEntries(address));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    return new Response(await exportPreorders(db, caller, filter, now), {
      headers: {
        "content-type": xlsxType,
        "content-disposition": `attachment; filename="${preordersFileName(now)}"`,
        "cache-control": "no-store, no-transform",
      },
    });
  } catch (error) {
    const back = whyNot(error);
    if (!back) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    for (const [name, value] of Object.entries(back)) address.set(name, value);
    return new Response(null, { status: 303, headers: { location: `/preorders?${address}` } });
  }
});

function whyNot(error: unknown): Record<string, string> | null {
  if (isAppError(error, "rate_limited")) return { export: "wait" };
  if (!isAppError(error)) return null;
  if (error.key === "preorders_none") return { export: "none" };
  if (error.key === "preorders_stopped") return { export: "stopped" };
  if (error.key === "preorder_prices_refused")
    return { export: "prices", articles: String(error.params.articles) };
  if (error.key !== "preorder_points_outside") return null;
  return { export: "points", points: String(error.params.points) };
}
