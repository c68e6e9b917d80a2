import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { findImport, type TableImport } from "@/lib/table-files/import-queries";

/** The import of the address, or the page that says there is none: forgotten, somebody else's or mistyped. */
export const loadImport = cache(async (id: string): Promise<TableImport> => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await findImport(kaspiAccess().db, caller, id);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});
