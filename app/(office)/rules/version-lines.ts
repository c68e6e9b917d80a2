import {
  inWords,
  type RuleAbove,
  type RuleInWords,
  sellersOf,
} from "@/components/repricing/rule-draft";
import type { Caller } from "@/lib/auth/model";
import type { kaspiAccess } from "@/lib/exits/access";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import type { RuleOwner, RuleVersion } from "@/lib/repricing/rule/rule-version-queries";
import { merchantNames } from "@/lib/rivals/name-queries";

type Db = ReturnType<typeof kaspiAccess>["db"];

/** A version of a rule as its window shows it; null in place of a rule: nobody can read it. */
export type VersionLine = Pick<
  RuleVersion,
  "id" | "at" | "by" | "cityId" | "cityName" | "isOfMany" | "isPutBack"
> & { before: RuleInWords | null; after: RuleInWords | null; isBare: boolean };

/** Each with all that it meant, by the rule above as that is now. */
export async function versionLines(
  db: Db,
  caller: Caller,
  owner: RuleOwner,
  versions: readonly RuleVersion[],
  now: Date,
): Promise<VersionLine[]> {
  const above = await aboveOf(db, caller, owner, now);
  const read = versions.map(({ before, after, ...version }) => ({
    version: { ...version, isBare: Object.keys(Object(after)).length === 0 },
    before: wholeRule(above, before),
    after: wholeRule(above, after),
  }));
  const sellers = read.flatMap(({ before, after }) => [before, after].flatMap(sellersOf));
  const names = await merchantNames(db, [...new Set(sellers)]);
  const said = (rule: RuleAbove | null) => rule && inWords(rule, names);
  return read.map(({ version, before, after }) => ({
    ...version,
    before: said(before),
    after: said(after),
  }));
}

function wholeRule(above: RuleAbove, stored: unknown): RuleAbove | null {
  const { data } = ruleOverrideSchema.safeParse(stored ?? {});
  return data ? { ...above, ...data } : null;
}

async function aboveOf(db: Db, caller: Caller, owner: RuleOwner, now: Date): Promise<RuleAbove> {
  if ("storeId" in owner) return defaultRule;
  return (await previewRule(db, caller, owner.productId, now)).above;
}
