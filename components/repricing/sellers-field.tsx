"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, useRef } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { sellersIn } from "./rule-draft";
import { useRuleForm } from "./rule-fields";
import { SellerSearch } from "./seller-search";

type Props = { field: "excludeSellers" | "onlySellers"; label: string };

/** Sellers by name, found while one types among those seen on our cards; a number may be pasted. */
export function SellersField({ field, label }: Props) {
  const t = useTranslations("rule.sellers");
  const { draft, errors, change, sellers } = useRuleForm();
  const input = useRef<HTMLInputElement>(null);
  const chosen = sellersIn(draft[field]);
  const write = (ids: readonly string[]) => change(field, ids.join(" "));
  const add = (ids: readonly string[]) => write([...new Set([...chosen, ...ids])]);
  const remove = (id: string) => {
    write(chosen.filter((one) => one !== id));
    input.current?.focus();
  };
  /** Several numbers at once, as lists of them were typed before. */
  const paste = (event: ClipboardEvent) => {
    const pasted = sellersIn(event.clipboardData.getData("text"));
    if (pasted.length < 2 || !pasted.every((one) => /^\d{4,}$/.test(one))) return;
    event.preventDefault();
    add(pasted);
  };
  return (
    <div className="flex flex-col gap-2 sm:col-span-2">
      <Field label={label} hint={t("hint")} error={errors[field]}>
        {(wiring) => (
          <SellerSearch
            wiring={wiring}
            name={field}
            input={input}
            book={sellers}
            chosen={chosen}
            onChoose={add}
            onPaste={paste}
          />
        )}
      </Field>
      {chosen.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-2">
          {chosen.map((id) => {
            const name = sellers.names.get(id);
            return (
              <li
                key={id}
                className="flex max-w-full items-center gap-1 rounded-md border bg-sunken py-0.5 pl-2.5"
              >
                <span className="min-w-0">
                  <span className="block truncate leading-5">{name ?? id}</span>
                  <span className="block text-ink-soft text-xs">{name ? id : t("nameless")}</span>
                </span>
                <IconButton
                  label={t("remove", { name: name ?? id })}
                  icon={<Cross2Icon aria-hidden="true" />}
                  onClick={() => remove(id)}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
