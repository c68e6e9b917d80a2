import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { downloadXml } from "@/lib/price-list/download-list";

const asked = z.object({ format: z.enum(["xml", "xlsx"]).catch("xml") });

type Context = { params: Promise<{ id: string }> };

/** A version as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request, { params }: Context) => {
  const { id } = await params;
  const listId = z.uuid().safeParse(id).data;
  if (!listId) throw new AppError("not_found", "list_not_found");
  const { format } = parse(asked, Object.fromEntries(new URL(request.url).searchParams));
  const { db, clock } = kaspiAccess();
  const { version, xml } = await downloadXml(db, caller, listId, clock());
  return new Response(new Uint8Array(xml), {
    headers: {
      "content-type": "application/xml; charset=utf-8",
      "content-disposition": `attachment; filename="price-list-${version.number}.${format}"`,
      "cache-control": "no-store, no-transform",
    },
  });
});
