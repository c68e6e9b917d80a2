"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { MoneyDoubt } from "@/components/money-doubt";
import { MoneyInput } from "@/components/money-input";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { formatMoney, parseMoney } from "@/lib/i18n/money";
import { setPrice } from "../actions";

type Typed = { price: string; hold: boolean };

/** A price set by a person: refused or asked back in words, where it was typed. */
export function HandPrice({ productId, cityId }: { productId: string; cityId: string }) {
  const t = useTranslations("products.product.hand");
  const tErrors = useTranslations("errors");
  const locale = useLocale();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const [wrong, setWrong] = useState<string | null>(null);
  const [doubt, setDoubt] = useState<(Typed & { text: string }) | null>(null);
  const [formKey, setFormKey] = useState(0);

  const shown = (text: string) => {
    const typed = parseMoney(text);
    return typed.ok && typed.amount !== null ? formatMoney(typed.amount, locale) : text;
  };
  const put = (typed: Typed, confirm: boolean) =>
    startTransition(async () => {
      setWrong(null);
      const result = await setPrice({ productId, cityId, ...typed, confirm }).catch(() => null);
      if (result === null) return setWrong(tErrors("no_connection"));
      if (result.ok) {
        setFormKey((key) => key + 1);
        return toast({ text: t("done", { price: shown(typed.price) }) });
      }
      const { kind, text, fields } = result.failure;
      if (kind === "confirmation_needed") setDoubt({ ...typed, text });
      else setWrong(fields.price ?? text);
    });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    put({ price: String(data.get("price")), hold: data.has("hold") }, false);
  };

  return (
    <form key={formKey} noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t("label")} hint={t("why")} error={wrong}>
        {(wiring) => <MoneyInput {...wiring} name="price" />}
      </Field>
      <Checkbox name="hold">{t("hold")}</Checkbox>
      <Button type="submit" pending={pending} className="self-start">
        {t("act")}
      </Button>
      {doubt && (
        <MoneyDoubt
          title={t("doubt", { price: shown(doubt.price) })}
          text={doubt.text}
          act={t("confirm", { price: shown(doubt.price) })}
          onClose={() => setDoubt(null)}
          onFix={() => setDoubt(null)}
          onAct={() => put(doubt, true)}
        />
      )}
    </form>
  );
}
