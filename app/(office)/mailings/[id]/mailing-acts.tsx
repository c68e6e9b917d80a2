"use client";

import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import type { MailingStatus } from "@/lib/mailings/status-model";
import { pause, release, reopen, resume, start, turn } from "../actions";
import { CancelMailing } from "./cancel-mailing";
import { RemoveMailing } from "./remove-mailing";
import { type Again, SendAgainActs } from "./send-again-acts";

type Props = {
  mailingId: number;
  status: MailingStatus;
  isActive: boolean;
  /** When what is shown was written last. */
  seen: string;
  /** What the caller may do with it. */
  may: { edit: boolean; send: boolean; turn: boolean; release: boolean };
  /** How many would get it now; null where it is not asked. */
  count: number | null;
  /** The run that is looked at, and how many would get its letter again; null where nobody may send them. */
  again: Again | null;
};

/** What may be done with a mailing where it is now. */
export function MailingActs(props: Props) {
  const { mailingId, status, isActive, seen, may, count, again } = props;
  const t = useTranslations("mailings.acts");
  const { act, pending } = useAct();
  const which = { mailingId };
  const isUnderWay = status === "running" || status === "paused";
  return (
    <div className="flex flex-wrap gap-2">
      {may.release && (
        <Confirm
          trigger={<Button look="primary">{t("release.act")}</Button>}
          title={t("release.title")}
          act={t("release.act")}
          onAct={() => release({ ...which, seen })}
        >
          {t("release.text")}
        </Confirm>
      )}
      {may.send && status === "created" && isActive && (
        <Confirm
          trigger={
            <Button look="primary" disabled={count === 0}>
              {t("start.act")}
            </Button>
          }
          title={t("start.title", { count: count ?? 0 })}
          act={t("start.act")}
          onAct={() => start(which)}
        >
          {t("start.text")}
        </Confirm>
      )}
      {may.send && status === "running" && (
        <Button pending={pending} onClick={() => act(() => pause(which))}>
          {t("pause")}
        </Button>
      )}
      {may.send && status === "paused" && isActive && (
        <Button look="primary" pending={pending} onClick={() => act(() => resume(which))}>
          {t("resume")}
        </Button>
      )}
      {again && <SendAgainActs mailingId={mailingId} again={again} />}
      {may.edit && (status === "completed" || status === "cancelled") && (
        <Confirm
          trigger={<Button>{t("reopen.act")}</Button>}
          title={t("reopen.title")}
          act={t("reopen.act")}
          onAct={() => reopen(which)}
        >
          {t("reopen.text")}
        </Confirm>
      )}
      {may.edit && status === "created" && (
        <ButtonLink href={`/mailings/${mailingId}/edit`}>{t("edit")}</ButtonLink>
      )}
      {may.turn && (
        <Button
          pending={pending}
          onClick={() => act(() => turn({ ...which, isActive: !isActive }))}
        >
          {t(isActive ? "turnOff" : "turnOn")}
        </Button>
      )}
      {may.send && (isUnderWay || status === "created") && <CancelMailing mailingId={mailingId} />}
      {may.edit && !isUnderWay && <RemoveMailing mailingId={mailingId} />}
    </div>
  );
}
