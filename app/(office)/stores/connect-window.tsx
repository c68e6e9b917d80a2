"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { usePanel } from "@/components/ui/use-panel";
import type { KaspiCredentials, OwnLogin, WaitingLogin } from "@/lib/accounts/model";
import { loginLabel } from "@/lib/core/login-label";
import type { ConnectStep } from "@/lib/stores/model";
import { ChoiceStep } from "./choice-step";
import { CodeStep } from "./code-step";
import { ConnectForm } from "./connect-form";
import { ConnectOutcome } from "./connect-outcome";

type Props = {
  training: KaspiCredentials | null;
  /** The person's own logins: to be entered again by name. */
  logins: OwnLogin[];
  /** The login that waits for them already. */
  held: WaitingLogin | null;
};

type Shown = { step: ConnectStep | null; said: string | null };

/** `?connect=1`: connects a Kaspi cabinet; with an account's id it is entered again. */
export function ConnectWindow({ training, logins, held }: Props) {
  const t = useTranslations("stores.connect");
  const panel = usePanel("connect");
  // Null: nothing was done here yet, and what waits from before is shown.
  const [shown, setShown] = useState<Shown | null>(null);
  const own = logins.find(({ accountId }) => accountId === panel.value);
  const login = own?.login ?? "";
  // What waits for another login is not what was asked for.
  const fits = login === "" || held?.login === loginLabel(login);
  const { step, said } = shown ?? { step: fits ? held : null, said: null };
  const onStep = (next: ConnectStep) => setShown({ step: next, said: null });
  const restart = (why: string | null) => setShown({ step: null, said: why });
  const close = () => {
    setShown(null);
    window.history.pushState(null, "", "/stores");
  };
  return (
    <Dialog
      open={panel.value !== null}
      onOpenChange={(open) => !open && close()}
      title={t(step ? `titles.${step.kind}` : login ? "againTitle" : "title")}
      {...(!step && { lead: t("lead") })}
    >
      {step === null && (
        <ConnectForm
          key={login}
          login={login}
          waitMs={own?.waitMs ?? 0}
          training={training}
          said={said}
          onStep={onStep}
        />
      )}
      {step?.kind === "needs_code" && (
        <CodeStep key={step.pendingId} login={step} onStep={onStep} onRestart={restart} />
      )}
      {step?.kind === "choose_merchant" && (
        <ChoiceStep login={step} onStep={onStep} onRestart={restart} />
      )}
      {step?.kind === "done" && <ConnectOutcome result={step.result} onClose={close} />}
    </Dialog>
  );
}
