import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { can } from "@/lib/auth/permissions";
import { AppError, isAppError } from "@/lib/core/errors";
import { mailingAccess } from "@/lib/mailings/access";
import { exportAttempts } from "@/lib/mailings/runs/export-attempts";
import { attemptsExport } from "@/lib/mailings/runs/export-model";
import { fileHeaders } from "@/lib/table-files/file-headers";

const numbered = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

type Context = { params: Promise<{ id: string }> };

/** The letters of a run that the page shows by this address, as a file. */
export const GET = endpoint<Context>({ scope: "session" }, async (caller, request, { params }) => {
  if (!can(caller, "view_mailing")) throw new AppError("not_found", "mailing_unknown");
  const { id: mailingId } = parse(numbered, await params);
  const search = new URL(request.url).searchParams;
  const asked = parse(attemptsExport, Object.fromEntries(search));
  const { db, clock } = mailingAccess();
  const now = clock();
  try {
    const given = { mailingId, asked, locale: caller.locale, now };
    const file = await exportAttempts(db, caller, given);
    return new Response(file, {
      headers: fileHeaders(`mailing-${mailingId}`, asked.format, now),
    });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    search.delete("format");
    search.set("export", "wait");
    const location = `/mailings/${mailingId}?${search}`;
    return new Response(null, { status: 303, headers: { location } });
  }
});
