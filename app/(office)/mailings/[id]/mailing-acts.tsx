"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button, ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import type { MailingStatus } from "@/lib/mailings/status-model";
import {
  cancel,
  pause,
  release,
  remove,
  reopen,
  resume,
  sendAgain,
  start,
  turn,
} from "../actions";

type Props = {
  mailingId: number;
  status: MailingStatus;
  isActive: boolean;
  /** What the caller may do with it. */
  may: { edit: boolean; send: boolean; disable: boolean; release: boolean };
  /** How many would get it now. */
  count: number;
  /** Of the newest run. */
  failed: number;
  unknown: number;
};

/** What may be done with a mailing where it is now. */
export function MailingActs(props: Props) {
  const { mailingId, status, isActive, may, count, failed, unknown } = props;
  const t = useTranslations("mailings.acts");
  const router = useRouter();
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
          onAct={() => release(which)}
        >
          {t("release.text", { count })}
        </Confirm>
      )}
      {may.send && status === "created" && isActive && (
        <Confirm
          trigger={<Button look="primary">{t("start.act")}</Button>}
          title={t("start.title", { count })}
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
      {may.send && status === "completed" && failed > 0 && (
        <Confirm
          trigger={<Button>{t("failed.act")}</Button>}
          title={t("failed.title", { count: failed })}
          act={t("failed.act")}
          onAct={() => sendAgain({ ...which, ends: ["failure"] })}
        >
          {t("failed.text")}
        </Confirm>
      )}
      {may.send && status === "completed" && unknown > 0 && (
        <Confirm
          trigger={<Button>{t("unknown.act")}</Button>}
          title={t("unknown.title", { count: unknown })}
          act={t("unknown.act")}
          onAct={() => sendAgain({ ...which, ends: ["unknown"] })}
        >
          {t("unknown.text")}
        </Confirm>
      )}
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
      {((may.disable && isActive) || (may.edit && !isActive)) && (
        <Button
          pending={pending}
          onClick={() => act(() => turn({ ...which, isActive: !isActive }))}
        >
          {t(isActive ? "turnOff" : "turnOn")}
        </Button>
      )}
      {may.send && (isUnderWay || status === "created") && (
        <Confirm
          trigger={<Button>{t("cancel.act")}</Button>}
          title={t("cancel.title")}
          act={t("cancel.act")}
          danger
          onAct={() => cancel(which)}
        >
          {t("cancel.text")}
        </Confirm>
      )}
      {may.edit && !isUnderWay && (
        <Confirm
          trigger={<Button>{t("remove.act")}</Button>}
          title={t("remove.title")}
          act={t("remove.act")}
          danger
          onAct={async () => {
            const outcome = await remove(which);
            if (outcome.ok) router.push("/mailings");
            return outcome;
          }}
        >
          {t("remove.text")}
        </Confirm>
      )}
    </div>
  );
}
