import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { exportSaved } from "@/lib/calculator/export-saved";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { fileHeaders } from "@/lib/table-files/file-headers";
import { fileFormats } from "@/lib/table-files/format-model";

const asked = z.object({ format: z.enum(fileFormats) });

/** The person's calculations as a file. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const { format } = parse(asked, Object.fromEntries(new URL(request.url).searchParams));
  const { db, clock } = kaspiAccess();
  const now = clock();
  try {
    const file = await exportSaved(db, caller, { format, locale: caller.locale, now });
    return new Response(file, { headers: fileHeaders("calculator", format, now) });
  } catch (error) {
    if (!isAppError(error, "rate_limited")) throw error;
    return new Response(null, { status: 303, headers: { location: "/calculator?export=wait" } });
  }
});
