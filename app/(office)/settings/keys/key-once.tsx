"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

const header = () => <code className="whitespace-nowrap">Authorization: Bearer …</code>;

/** A key that nobody can read again. */
export function KeyOnce({ value, onKept }: { value: string; onKept: () => void }) {
  const t = useTranslations("keys.made");
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast({ text: t("copied") });
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("key")} hint={t.rich("use", { header })}>
        {(wiring) => (
          <div className="flex gap-2">
            <Input
              {...wiring}
              readOnly
              value={value}
              onFocus={({ target }) => target.select()}
              className="font-mono text-sm"
            />
            <Button className="h-9 pointer-coarse:h-10" onClick={copy}>
              {t("copy")}
            </Button>
          </div>
        )}
      </Field>
      <div className="flex justify-end">
        <Button look="primary" onClick={onKept}>
          {t("done")}
        </Button>
      </div>
    </div>
  );
}
