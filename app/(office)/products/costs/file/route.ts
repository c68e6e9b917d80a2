import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError, isAppError } from "@/lib/core/errors";
import { readUpload } from "@/lib/excel/read-upload";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetCounts } from "@/lib/products/counts-cache";
import { costTemplate } from "@/lib/repricing/cost-floor/cost-template";
import { importCosts, previewCosts } from "@/lib/repricing/cost-floor/import-costs";
import { inImportTurn } from "@/lib/repricing/cost-floor/import-turn";
import { importAnswer } from "./import-answer";

const about = z.object({ store: z.uuid().nullable().default(null).catch(null) });
/** A store that cannot be read must not become all of them. */
const said = z.object({
  store: z.uuid().nullable(),
  act: z.enum(["look", "save"]),
  confirm: z.enum(["", "on"]).default(""),
});

/** The caller's products with their costs: a template that can be sent back. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const { store } = parse(about, Object.fromEntries(new URL(request.url).searchParams));
  const { db, clock } = kaspiAccess();
  const asked = { storeId: store, locale: caller.locale, now: clock() };
  try {
    return new Response(await costTemplate(db, caller, asked), {
      headers: {
        "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "content-disposition": 'attachment; filename="duken-costs.xlsx"',
        "cache-control": "no-store, no-transform",
      },
    });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    const back = new URLSearchParams({ ...(store && { store }), export: "wait" });
    return new Response(null, { status: 303, headers: { location: `/products/costs?${back}` } });
  }
});

/** The same file back: what it would change, or the change itself. Nothing of it is kept in between. */
export const POST = endpoint({ scope: "session" }, (caller, request) =>
  inImportTurn(caller, async () => {
    const form = await readUpload(request);
    const given = form.get("file");
    if (!(given instanceof File) || given.size === 0) throw new AppError("invalid", "sheet_empty");
    const { store, act, confirm } = parse(said, {
      store: form.get("store") || null,
      act: form.get("act"),
      confirm: form.get("confirm") ?? "",
    });
    const { db, clock } = kaspiAccess();
    const file = new Uint8Array(await given.arrayBuffer());
    const asked = { file, storeId: store, confirm: confirm === "on" };
    if (act === "look") {
      const report = await previewCosts(db, caller, asked, clock());
      return Response.json(importAnswer(report, caller.locale));
    }
    const { report } = await importCosts(db, caller, asked, clock());
    forgetCounts(caller);
    return Response.json(importAnswer(report, caller.locale));
  }),
);
