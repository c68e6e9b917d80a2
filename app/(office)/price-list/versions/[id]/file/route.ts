import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError, isAppError } from "@/lib/core/errors";
import { xlsxType } from "@/lib/excel/kaspi-template-model";
import { kaspiAccess } from "@/lib/exits/access";
import { downloadXlsx, downloadXml } from "@/lib/price-list/download-list";

const asked = z.object({ format: z.enum(["xml", "xlsx"]).catch("xml") });

type Context = { params: Promise<{ id: string }> };

/** A version as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request, { params }: Context) => {
  const { id } = await params;
  const listId = z.uuid().safeParse(id).data;
  if (!listId) throw new AppError("not_found", "list_not_found");
  const { format } = parse(asked, Object.fromEntries(new URL(request.url).searchParams));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    if (format === "xlsx") {
      const { version, file } = await downloadXlsx(db, caller, listId, now);
      return asFile(file, { type: xlsxType, name: `price-list-${version.number}.xlsx` });
    }
    const { version, xml } = await downloadXml(db, caller, listId, now);
    const type = "application/xml; charset=utf-8";
    return asFile(new Uint8Array(xml), { type, name: `price-list-${version.number}.xml` });
  } catch (error) {
    if (!isAppError(error, "invalid", "rate_limited")) throw error;
    // A link has led here: the answer is a page that says why there is no file.
    const why = isAppError(error, "rate_limited") ? "wait" : "table";
    const location = `/price-list/versions/${listId}?file=${why}`;
    return new Response(null, { status: 303, headers: { location } });
  }
});

const asFile = (body: BodyInit, { type, name }: { type: string; name: string }) =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store, no-transform",
    },
  });
