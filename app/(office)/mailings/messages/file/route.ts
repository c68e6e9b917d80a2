import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError } from "@/lib/core/errors";
import { readUpload } from "@/lib/excel/read-upload";
import { mailingAccess } from "@/lib/mailings/access";
import { MOST_FILE_BYTES } from "@/lib/mailings/messages/file-model";
import { addFile } from "@/lib/mailings/messages/manage-files";
import { messageIdSchema } from "@/lib/mailings/messages/message-model";
import { inUploadTurn } from "@/lib/mailings/messages/upload-turn";

const limits = {
  mostBytes: MOST_FILE_BYTES,
  tooLarge: () => new AppError("invalid", "message_files_large"),
  unreadable: (cause: unknown) => new AppError("invalid", "message_file_unreadable", { cause }),
};

/** One more file for a message of the caller's. */
export const POST = endpoint({ scope: "session" }, (caller, request) =>
  inUploadTurn(caller, async () => {
    const form = await readUpload(request, limits);
    const given = form.get("file");
    if (!(given instanceof File)) throw new AppError("invalid", "message_file_empty");
    const { messageId } = parse(messageIdSchema, { messageId: form.get("message") });
    const { db, clock } = mailingAccess();
    const content = Buffer.from(await given.arrayBuffer());
    const file = { messageId, name: given.name, type: given.type, content };
    return Response.json({ fileId: await addFile(db, caller, file, clock()) });
  }),
);
