import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import {
  type Link,
  orderInSight,
  productInSight,
  reviewInSight,
  storeInSight,
} from "./link-queries";
import { type LinkIds, type LinkKind, linkKinds } from "./model";
import type { StoredTask } from "./write-queries";

const finders: Record<LinkKind, (tx: Tx, caller: Caller, id: string) => Promise<Link | null>> = {
  store: storeInSight,
  product: productInSight,
  order: orderInSight,
  review: reviewInSight,
};

type Stored = Partial<Pick<StoredTask, keyof LinkIds | "reviewSourceId">>;

/** What is stored for what is said of links. Throws `invalid` for what the caller may not see. */
export async function storedLinks(
  tx: Tx,
  caller: Caller,
  said: { [K in keyof LinkIds]?: LinkIds[K] | undefined },
): Promise<Stored> {
  const stored: Stored = {};
  for (const kind of linkKinds) {
    const path = `${kind}Id` as const;
    const id = said[path];
    if (id === undefined) continue;
    const found = id === null ? null : await finders[kind](tx, caller, id);
    if (id !== null && !found)
      throw new AppError("invalid", "task_link_unknown", {
        details: [{ path, message: "task_link_unknown" }],
      });
    stored[path] = found?.id ?? null;
    if (kind === "review") stored.reviewSourceId = sourceOf(found);
  }
  return stored;
}

const sourceOf = (found: Link | null) =>
  found && "sourceId" in found ? String(found.sourceId) : null;

/** What the task is about, as far as the caller may see it, by its name. */
export async function namedLinks(tx: Tx, caller: Caller, task: LinkIds): Promise<Link[]> {
  const found = await Promise.all(
    linkKinds.map((kind) => {
      const id = task[`${kind}Id`];
      return id === null ? null : finders[kind](tx, caller, id);
    }),
  );
  return found.filter((link) => link !== null);
}
