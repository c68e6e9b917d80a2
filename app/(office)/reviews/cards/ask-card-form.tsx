"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { askCard } from "../actions";

/** Takes the address of a card, or its number, and leads to what its reviews come to. */
export function AskCardForm() {
  const t = useTranslations("reviews.form");
  const router = useRouter();
  const { save, pending, fields, failure } = useFormSave();
  const [card, setCard] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    let cardId = "";
    const work = async () => {
      const outcome = await askCard({ card });
      if (outcome.ok) cardId = outcome.value.cardId;
      return outcome;
    };
    save(work, { after: () => router.push(`/reviews/cards/${cardId}`) });
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-3 rounded-lg border bg-surface p-4"
    >
      {failure && <Notice tone="red">{failure}</Notice>}
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-80">
          <Field label={t("label")} hint={t("hint")} error={fields.card}>
            {(wiring) => (
              <Input
                {...wiring}
                name="card"
                inputMode="url"
                autoComplete="off"
                value={card}
                onChange={({ target }) => setCard(target.value)}
              />
            )}
          </Field>
        </div>
        <Button
          type="submit"
          look="primary"
          size="lg"
          pending={pending}
          className="mt-6 h-9 max-md:mt-0 max-md:w-full"
        >
          {t(pending ? "asking" : "act")}
        </Button>
      </div>
    </form>
  );
}
