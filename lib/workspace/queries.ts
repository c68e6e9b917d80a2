import { eq } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { kaspiSessions } from "@/lib/db/schema/kaspi";
import { users, workspace } from "@/lib/db/schema/workspace";

export type Workspace = typeof workspace.$inferSelect;

/** The installation's settings. */
export async function getWorkspace(tx: Tx): Promise<Workspace> {
  const [row] = await tx.select().from(workspace);
  if (!row)
    throw new Error(
      "the workspace row is missing: run the migrations through the launcher or `manage migrate`",
    );
  return row;
}

/**
 * Remembers which Kaspi this database belongs to on the first start. Throws `conflict` when it was
 * started with the other one: training prices must never reach a real shop, nor the reverse.
 */
export async function bindToKaspi(tx: Tx, kaspi: Workspace["kaspi"]): Promise<void> {
  await tx.insert(workspace).values({ id: 1, kaspi }).onConflictDoNothing();
  const bound = await getWorkspace(tx);
  if (bound.kaspi !== kaspi)
    throw new AppError("conflict", "other_kaspi", {
      params: { bound: bound.kaspi, wanted: kaspi },
    });
}

/** Something that was encrypted here, to try the key on; null while nothing was. */
export async function anySealed(tx: Tx): Promise<string | null> {
  const [session] = await tx
    .select({ cookies: kaspiSessions.cookies })
    .from(kaspiSessions)
    .limit(1);
  return session?.cookies ?? null;
}

/** Pulls or releases the kill switch of the whole installation. For `change_settings`, or a command (`null`). */
export async function setSendingStopped(
  db: Db,
  caller: Caller | null,
  stopped: boolean,
  now: Date,
): Promise<void> {
  if (caller) requirePermission(caller, "change_settings");
  const userId = caller?.id ?? null;
  await db.transaction(async (tx) => {
    await tx.update(workspace).set({
      sendingStoppedAt: stopped ? now : null,
      sendingStoppedBy: stopped ? userId : null,
    });
    await audit(tx, { at: now, userId, action: stopped ? "sending.stopped" : "sending.resumed" });
  });
}

/** Who stopped everything and when, for the red bar on every page. */
export async function sendingStop(tx: Tx): Promise<{ at: Date; by: string | null } | null> {
  const [row] = await tx
    .select({ at: workspace.sendingStoppedAt, by: users.name })
    .from(workspace)
    .leftJoin(users, eq(users.id, workspace.sendingStoppedBy));
  return row?.at ? { at: row.at, by: row.by } : null;
}
