"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { revoke } from "./actions";
import type { KeyLine } from "./key-line";

export function RevokeKey({ line: { id: keyId, name } }: { line: KeyLine }) {
  const t = useTranslations("keys.revoke");
  return (
    <Confirm
      trigger={
        <Button size="sm" aria-label={t("of", { name })}>
          {t("act")}
        </Button>
      }
      title={t("title", { name })}
      act={t("act")}
      danger
      onAct={() => revoke({ keyId })}
    >
      {t("text")}
    </Confirm>
  );
}
