"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/auth/action";
import { PutBackRule } from "./put-back-rule";
import type { RuleInWords } from "./rule-draft";
import { useRuleSentences } from "./rule-sentences";

/** A version in words; null in place of a rule: nobody can read it. */
export type RuleVersionLine = {
  id: string;
  at: Date;
  by: string | null;
  cityId: string | null;
  cityName: string | null;
  isOfMany: boolean;
  isPutBack: boolean;
  before: RuleInWords | null;
  after: RuleInWords | null;
  /** Nothing of its own was left. */
  isBare: boolean;
};

export type RuleHistoryProps = {
  read: () => Promise<ActionResult<RuleVersionLine[]>>;
  putBack: (versionId: string, confirm: boolean) => Promise<ActionResult<unknown>>;
  mayChange: boolean;
  onClose: () => void;
};

export function RuleHistoryWindow({ read, putBack, mayChange, onClose }: RuleHistoryProps) {
  const t = useTranslations("rule.versions");
  const tErrors = useTranslations("errors");
  const [answer, setAnswer] = useState<ActionResult<RuleVersionLine[]> | "lost" | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the window opens.
  useEffect(() => {
    read().then(setAnswer, () => setAnswer("lost"));
  }, []);
  const failure =
    answer === "lost" ? tErrors("no_connection") : answer?.ok === false && answer.failure.text;
  const versions = answer !== "lost" && answer?.ok ? answer.value : [];
  /** The newest of each place is what is in force there. */
  const newest = new Set<string | null>();
  const isInForce = ({ cityId }: RuleVersionLine) => !newest.has(cityId) && newest.add(cityId);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      lead={t("lead")}
      className="max-w-2xl"
    >
      {answer === null && <Skeleton className="h-32" />}
      {failure && <Notice tone="red">{failure}</Notice>}
      {answer !== null && !failure && versions.length === 0 && (
        <p className="text-ink-soft">{t("empty")}</p>
      )}
      <ol className="flex flex-col divide-y">
        {versions.map((version) => (
          <li key={version.id} className="flex flex-col gap-2 py-3">
            <div className="flex flex-wrap items-start justify-between gap-2">
              <VersionHead version={version} />
              {isInForce(version) ? (
                <span className="text-green text-sm">{t("current")}</span>
              ) : (
                mayChange &&
                version.after && (
                  <PutBackRule act={(confirm) => putBack(version.id, confirm)} onDone={onClose} />
                )
              )}
            </div>
            <VersionWords version={version} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function VersionHead({ version }: { version: RuleVersionLine }) {
  const t = useTranslations("rule.versions");
  const { by, at, cityId, cityName } = version;
  const notes = [
    version.isOfMany && t("of.many"),
    version.isPutBack && t("of.putBack"),
    cityId && t("of.city", { city: cityName ?? cityId }),
  ].filter((note) => typeof note === "string");
  return (
    <p>
      {t.rich("by", { name: by ?? t("nobody"), when: () => <TimeAgo at={at} /> })}
      {notes.length > 0 && <span className="text-ink-faint text-sm"> · {notes.join(" · ")}</span>}
    </p>
  );
}

function VersionWords({ version: { before, after, isBare } }: { version: RuleVersionLine }) {
  const t = useTranslations("rule.versions");
  if (!after) return <p className="text-ink-soft">{t("unreadable")}</p>;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <VersionChange before={before ?? after} after={after} />
      {isBare && <p className="text-ink-faint">{t("inherits")}</p>}
    </div>
  );
}

/** Only the sentences that differ. */
function VersionChange({ before, after }: { before: RuleInWords; after: RuleInWords }) {
  const t = useTranslations("rule.versions");
  const [were, are] = [useRuleSentences(before), useRuleSentences(after)];
  const gone = were.filter((sentence) => !are.includes(sentence));
  const come = are.filter((sentence) => !were.includes(sentence));
  if (gone.length + come.length === 0) return <p className="text-ink-soft">{t("nothing")}</p>;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      <dt className="text-ink-faint">{t("was")}</dt>
      <dd className="text-ink-soft">{gone.join(" ") || "—"}</dd>
      <dt className="text-ink-faint">{t("became")}</dt>
      <dd>{come.join(" ") || "—"}</dd>
    </dl>
  );
}
