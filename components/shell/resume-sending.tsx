"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import type { ResumeWindow } from "./resume-window";

const Window = lazy(async () => ({ default: (await import("./resume-window")).ResumeWindow }));

/** On every page while sending is stopped, and hardly ever: what it needs is fetched then. */
export function ResumeSending(props: ComponentProps<typeof ResumeWindow>) {
  const t = useTranslations("stores.sending");
  return (
    <Suspense
      fallback={
        <Button size="sm" disabled>
          {t("resume")}
        </Button>
      }
    >
      <Window {...props} />
    </Suspense>
  );
}
