"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import type { MadeLink } from "@/lib/people/model";
import { giveResetLink } from "./actions";
import { LinkOnce } from "./link-once";
import type { PersonLine } from "./person-line";

/** A link to a new password, for somebody who cannot get in. */
export function ResetPart({ person }: { person: PersonLine }) {
  const t = useTranslations("people.acts.reset");
  const { pending, act } = useAct();
  const [made, setMade] = useState<MadeLink | null>(null);
  const give = () =>
    act(async () => {
      const outcome = await giveResetLink({ personId: person.id });
      if (outcome.ok) setMade(outcome.value);
      return outcome;
    });
  const { resetAskedAt } = person;
  return (
    <li className="flex flex-col gap-3 border-t py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          <p className="font-medium">{t("title")}</p>
          <p className="text-ink-soft text-sm">{t("text")}</p>
          {resetAskedAt && (
            <p className="text-amber text-sm">
              {t.rich("asked", { when: () => <TimeAgo at={resetAskedAt} /> })}
            </p>
          )}
        </div>
        <Button size="sm" pending={pending} onClick={give}>
          {t("act")}
        </Button>
      </div>
      {made && <LinkOnce made={made} mailed={t("mailed")} />}
    </li>
  );
}
