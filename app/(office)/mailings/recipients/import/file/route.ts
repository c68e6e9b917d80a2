import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { readUpload } from "@/lib/excel/read-upload";
import { mailingAccess } from "@/lib/mailings/access";
import { importSchema } from "@/lib/mailings/recipients/import-model";
import {
  importRecipients,
  previewRecipients,
  typedTags,
} from "@/lib/mailings/recipients/import-recipients";
import { inImportTurn } from "@/lib/mailings/recipients/import-turn";
import { importAnswer } from "./import-answer";

/** A table of recipients: whom it would add, or their adding. Nothing of it is kept in between. */
export const POST = endpoint({ scope: "session" }, (caller, request) =>
  inImportTurn(caller, async () => {
    requirePermission(caller, "edit_mailing");
    const form = await readUpload(request);
    const given = form.get("file");
    if (!(given instanceof File) || given.size === 0) throw new AppError("invalid", "sheet_empty");
    const { act, update } = parse(importSchema, {
      act: form.get("act"),
      update: form.get("update") ?? "",
    });
    const tags = typedTags(String(form.get("tags") ?? ""));
    const { db, clock } = mailingAccess();
    const file = new Uint8Array(await given.arrayBuffer());
    const asked = { file, tags, update: update === "on" };
    const report =
      act === "look"
        ? await previewRecipients(db, caller, asked)
        : await importRecipients(db, caller, asked, clock());
    return Response.json(importAnswer(report, caller.locale));
  }),
);
