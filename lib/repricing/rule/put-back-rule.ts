import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { readableRule } from "./copy-rule";
import { findVersion, type RuleOwner } from "./rule-version-queries";
import { setDefaultRule, setProductRule } from "./set-rule";

type Asked = {
  owner: RuleOwner;
  versionId: string;
  /** The person has seen that the floor would be under half of the present price. */
  confirm: boolean;
};

/**
 * Makes a rule what it was after one of its changes: a change like any other, and itself a version.
 * Throws `not_found` for a version of something else, `invalid` for a rule nobody can read any more,
 * and whatever setting that rule by hand throws.
 */
export async function putBackRule(
  db: Tx,
  caller: Caller,
  { owner, versionId, confirm }: Asked,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const version = await findVersion(tx, owner, versionId);
    if (!version) throw new AppError("not_found");
    const rule = readableRule(version.after);
    const said = { confirm, source: { putBack: versionId } };
    if ("storeId" in owner) return setDefaultRule(tx, caller, owner.storeId, rule, now, said);
    await setProductRule(tx, caller, owner.productId, rule, now, version.cityId, said);
  });
}
