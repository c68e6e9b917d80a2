import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError } from "@/lib/core/errors";
import { readUpload } from "@/lib/excel/read-upload";
import { kaspiAccess } from "@/lib/exits/access";
import { inImportTurn } from "@/lib/repricing/cost-floor/import-turn";
import { receiveTable } from "@/lib/table-files/receive-table";

/** A store that cannot be read must not become all of them. */
const said = z.object({ store: z.uuid().nullable() });

/** A table that came back. Nothing of it is done: the answer is where to look at what it would change. */
export const POST = endpoint({ scope: "session" }, (caller, request) =>
  inImportTurn(caller, async () => {
    const form = await readUpload(request);
    const given = form.get("file");
    if (!(given instanceof File) || given.size === 0) throw new AppError("invalid", "sheet_empty");
    const { store } = parse(said, { store: form.get("store") || null });
    const { db, clock } = kaspiAccess();
    const file = new Uint8Array(await given.arrayBuffer());
    const asked = { file, fileName: given.name, storeId: store };
    return Response.json({ importId: await receiveTable(db, caller, asked, clock()) });
  }),
);
