import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import type { Caller } from "./model";
import { authOptions } from "./options";
import { findCaller } from "./users";

/** The signed-in user, read fresh from the database once per request; a blocked one is out at once. */
export const currentCaller = cache(async (): Promise<Caller | null> => {
  const session = await getServerSession(authOptions());
  const user = session?.user;
  if (!user?.id || user.version === undefined) return null;
  return findCaller(db(), user.id, user.version);
});

/** For pages: the caller, or the login page. */
export async function pageCaller(): Promise<Caller> {
  return (await currentCaller()) ?? redirect("/login");
}

/** For actions and routes: the caller, or `unauthorized`. */
export async function requireCaller(): Promise<Caller> {
  const caller = await currentCaller();
  if (!caller) throw new AppError("unauthorized");
  return caller;
}
