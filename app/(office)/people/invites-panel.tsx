"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { useAct } from "@/components/use-act";
import type { Invite, MadeLink } from "@/lib/people/model";
import { inviteAnew, withdraw } from "./actions";
import { LinkOnce } from "./link-once";

/** Those who were invited and have not come yet. */
export function InvitesPanel({ invites }: { invites: Invite[] }) {
  const t = useTranslations("people.invites");
  return (
    <Panel title={t("title")}>
      <ul className="flex flex-col">
        {invites.map((invite) => (
          <InviteRow key={invite.id} invite={invite} />
        ))}
      </ul>
    </Panel>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const t = useTranslations("people");
  const { pending, act } = useAct();
  const [made, setMade] = useState<MadeLink | null>(null);
  const { id: inviteId, email } = invite;
  const again = () =>
    act(async () => {
      const outcome = await inviteAnew({ inviteId });
      if (outcome.ok) setMade(outcome.value);
      return outcome;
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t py-2.5 last:pb-0">
      <div className="min-w-0">
        <p className="truncate font-medium">{email}</p>
        <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
          <span>{t(`role.${invite.role}`)}</span>
          <State invite={invite} />
          <span>{t("invites.by", { name: invite.invitedBy })}</span>
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          pending={pending}
          aria-label={t("invites.againOf", { email })}
          onClick={again}
        >
          {t("invites.again")}
        </Button>
        <Confirm
          trigger={
            <Button size="sm" look="ghost" aria-label={t("invites.withdrawOf", { email })}>
              {t("invites.withdraw")}
            </Button>
          }
          title={t("invites.withdrawTitle", { email })}
          act={t("invites.withdraw")}
          danger
          onAct={() => withdraw({ inviteId })}
        >
          {t("invites.withdrawText")}
        </Confirm>
      </div>
      <Dialog
        open={made !== null}
        onOpenChange={() => setMade(null)}
        title={t("invite.linkTitle", { email })}
        lead={t("invite.lead")}
      >
        {made && <LinkOnce made={made} mailed={t("invite.mailed")} />}
      </Dialog>
    </li>
  );
}

function State({ invite }: { invite: Invite }) {
  const t = useTranslations("people.invites");
  if (invite.state === "void") return <span className="text-amber">{t("void")}</span>;
  const when = () => <TimeAgo at={invite.expiresAt} ahead={invite.state === "open"} />;
  return (
    <span className={invite.state === "open" ? undefined : "text-amber"}>
      {t.rich(invite.state, { when })}
    </span>
  );
}
