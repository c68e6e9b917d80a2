"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { MadeLink } from "@/lib/people/model";

type Props = {
  made: MadeLink;
  /** What is said when the letter is on its way. */
  mailed: string;
};

/** A link that is shown this once, and how it gets to the person. */
export function LinkOnce({ made, mailed }: Props) {
  const t = useTranslations("people.invite");
  const toast = useToast();
  const { link } = made;
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    toast({ text: t("copied") });
  };
  const said = made.mailed ? mailed : t(made.mailed === null ? "noMail" : "notMailed");
  return (
    <div className="flex flex-col gap-3">
      <Notice tone={made.mailed ? "green" : "amber"}>{said}</Notice>
      {link && (
        <Field label={t("link")} hint={t("once")}>
          {(wiring) => (
            <div className="flex gap-2">
              <Input
                {...wiring}
                readOnly
                value={link}
                onFocus={({ target }) => target.select()}
                className="font-mono text-sm"
              />
              <Button className="h-9 pointer-coarse:h-10" onClick={() => copy(link)}>
                {t("copy")}
              </Button>
            </div>
          )}
        </Field>
      )}
    </div>
  );
}
