"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { usePanel } from "@/components/ui/use-panel";
import type { KaspiCredentials } from "@/lib/accounts/model";
import type { ConnectResult } from "@/lib/stores/model";
import { ConnectForm } from "./connect-form";
import { ConnectOutcome } from "./connect-outcome";

/** `?connect=1`: connects a Kaspi cabinet; with `login` it is entered again. */
export function ConnectWindow({ training }: { training: KaspiCredentials | null }) {
  const t = useTranslations("stores.connect");
  const panel = usePanel("connect");
  const login = useSearchParams().get("login") ?? "";
  const [result, setResult] = useState<ConnectResult | null>(null);
  const close = () => {
    setResult(null);
    window.history.pushState(null, "", "/stores");
  };
  return (
    <Dialog
      open={panel.value !== null}
      onOpenChange={(open) => !open && close()}
      title={t(result ? "doneTitle" : login ? "againTitle" : "title")}
      {...(!result && { lead: t("lead") })}
    >
      {result ? (
        <ConnectOutcome result={result} onClose={close} />
      ) : (
        <ConnectForm login={login} training={training} onConnected={setResult} />
      )}
    </Dialog>
  );
}
