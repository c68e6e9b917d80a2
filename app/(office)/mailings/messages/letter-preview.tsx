"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { MessageGiven } from "@/lib/mailings/messages/message-model";
import type { Preview } from "@/lib/mailings/messages/preview-letter";
import { preview } from "./actions";
import { LetterViews } from "./letter-views";
import { isSame } from "./same-words";
import { TryLetter } from "./try-letter";

type Props = {
  written: MessageGiven;
  first: Preview | null;
  offered: readonly string[];
  /** Whether recipients may be seen. */
  mayChoose: boolean;
  /** What a letter to oneself is sent of; null where none may be sent. */
  messageId: string | null;
  isSaved: boolean;
};

/** How the letter reads: with one's own words, or a recipient's. */
export function LetterPreview(props: Props) {
  const { written, first, offered, mayChoose, messageId, isSaved } = props;
  const t = useTranslations("letters.preview");
  const addresses = useId();
  const { save, pending, fields, failure } = useFormSave();
  const [as, setAs] = useState("");
  const [shown, setShown] = useState(first);
  const [shownOf, setShownOf] = useState(written);
  const show = () =>
    save(async () => {
      const outcome = await preview({ ...written, as });
      if (outcome.ok) {
        setShown(outcome.value);
        setShownOf(written);
      }
      return outcome;
    }, {});
  return (
    <Panel title={t("title")}>
      {failure && <Notice tone="red">{failure}</Notice>}
      {mayChoose && (
        <Field label={t("as")} hint={t("asHint")} error={fields.as}>
          {(wiring) => (
            <>
              <Input
                {...wiring}
                type="email"
                list={addresses}
                value={as}
                onChange={({ target }) => setAs(target.value)}
              />
              <datalist id={addresses}>
                {offered.map((address) => (
                  <option key={address} value={address} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button pending={pending} onClick={show}>
          {t("show")}
        </Button>
        {shown && !isSame(written, shownOf) && (
          <span className="text-ink-faint text-sm">{t("stale")}</span>
        )}
      </div>
      {shown ? <LetterViews letter={shown} /> : <p className="text-ink-soft">{t("none")}</p>}
      {messageId !== null && <TryLetter messageId={messageId} as={as} isSaved={isSaved} />}
    </Panel>
  );
}
