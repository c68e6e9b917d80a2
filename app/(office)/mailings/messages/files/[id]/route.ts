import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { can } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { mailingAccess } from "@/lib/mailings/access";
import { openFile } from "@/lib/mailings/messages/manage-files";
import { fileIdSchema } from "@/lib/mailings/messages/message-model";

type Context = { params: Promise<{ id: string }> };

/** A file that goes with a message: always to be saved, never shown as a page of ours. */
export const GET = endpoint<Context>({ scope: "session" }, async (caller, _request, { params }) => {
  if (!can(caller, "view_message")) throw new AppError("not_found", "message_file_unknown");
  const { fileId } = parse(fileIdSchema, { fileId: (await params).id });
  const { name, content } = await openFile(mailingAccess().db, caller, fileId);
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store, no-transform",
    },
  });
});
