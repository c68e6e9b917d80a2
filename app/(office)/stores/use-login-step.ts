"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { ActionFailure, ActionResult } from "@/lib/auth/action";
import type { ConnectStep } from "@/lib/stores/model";

export type StepFailure = Pick<ActionFailure, "key" | "text" | "fields" | "retryAfterMs">;

type Ends = { onStep: (step: ConnectStep) => void; onFailure?: (failure: StepFailure) => void };

/** Makes one step of a login: on with the next, or why not. */
export function useLoginStep({ onStep, onFailure }: Ends) {
  const t = useTranslations("errors");
  const [failure, setFailure] = useState<StepFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const run = (work: () => Promise<ActionResult<ConnectStep>>) =>
    startTransition(async () => {
      setFailure(null);
      const result = await work().catch(() => null);
      if (result?.ok) return onStep(result.value);
      const lost = { key: "lost", text: t("no_connection"), fields: {}, retryAfterMs: null };
      const why = result?.failure ?? lost;
      setFailure(why);
      onFailure?.(why);
    });
  return { run, failure, pending };
}
