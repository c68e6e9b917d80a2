import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { MOST_FILE_BYTES, MOST_FILES } from "./file-model";
import { cleanFileName, safeFileType } from "./file-rules";
import { contentOf, seenFile } from "./list-queries";
import { lockToChange } from "./manage-messages";
import { deleteFile, insertFile, type NewFile, updateMessage, weightOf } from "./write-queries";

/**
 * One more file for the caller's own message, under a name that is safe. Returns its id. Throws `invalid` for an
 * empty one and for what is more than the message may carry, `conflict` while a run of it is under way.
 */
export async function addFile(
  db: Db,
  caller: Caller,
  { messageId, ...file }: NewFile & { messageId: string },
  now: Date,
): Promise<string> {
  const { byteLength } = file.content;
  if (byteLength === 0) throw new AppError("invalid", "message_file_empty");
  if (byteLength > MOST_FILE_BYTES) throw new AppError("invalid", "message_files_large");
  return db.transaction(async (tx) => {
    await lockToChange(tx, caller, messageId);
    const { count, bytes } = await weightOf(tx, messageId);
    if (count >= MOST_FILES)
      throw new AppError("invalid", "message_files_many", { params: { most: MOST_FILES } });
    if (bytes + byteLength > MOST_FILE_BYTES) throw new AppError("invalid", "message_files_large");
    const clean = { name: cleanFileName(file.name), type: safeFileType(file.type) };
    const id = await insertFile(tx, messageId, { ...clean, content: file.content }, now);
    await noteChange(tx, caller, messageId, now);
    return id;
  });
}

/** Throws `not_found`, `forbidden`, `conflict` while a run of its message is under way. */
export async function removeFile(db: Db, caller: Caller, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const file = await seenFile(tx, caller, id);
    if (!file) throw new AppError("not_found", "message_file_unknown");
    await lockToChange(tx, caller, file.messageId);
    await deleteFile(tx, id);
    await noteChange(tx, caller, file.messageId, now);
  });
}

/** A file of a message that the caller sees. Throws `not_found`. */
export async function openFile(db: Db, caller: Caller, id: string): Promise<NewFile> {
  const file = await seenFile(db, caller, id);
  const content = file && (await contentOf(db, id));
  if (!file || !content) throw new AppError("not_found", "message_file_unknown");
  return { name: file.name, type: file.type, content };
}

async function noteChange(tx: Tx, caller: Caller, messageId: string, now: Date): Promise<void> {
  await updateMessage(tx, messageId, {}, now);
  const about = { userId: caller.id, subjectId: messageId };
  await audit(tx, { at: now, ...about, action: "message.changed" });
}
