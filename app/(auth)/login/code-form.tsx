"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

type Props = {
  failure: string | null;
  pending: boolean;
  onCode: (code: string) => void;
  onBack: () => void;
};

/** The second step: six digits of the telephone, or a recovery code. */
export function CodeForm({ failure, pending, onCode, onBack }: Props) {
  const t = useTranslations("auth.login");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get("code")));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold text-lg">{t("codeTitle")}</h2>
        <p className="text-ink-soft">{t("codeLead")}</p>
      </div>
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("code")} hint={t("codeHint")}>
        {(wiring) => (
          <Input
            {...wiring}
            autoFocus
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={100}
          />
        )}
      </Field>
      <div className="mt-1 grid grid-cols-[1fr_auto] gap-2">
        <Button type="submit" look="primary" size="lg" pending={pending}>
          {t(pending ? "pending" : "submit")}
        </Button>
        <Button size="lg" onClick={onBack}>
          {t("codeBack")}
        </Button>
      </div>
    </form>
  );
}
