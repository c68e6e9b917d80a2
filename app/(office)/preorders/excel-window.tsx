"use client";

import { DownloadIcon } from "@radix-ui/react-icons";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink, buttonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";

type Props = { stores: { id: string; name: string }[]; chosen: string | undefined };

/** Before the file: what it does to the other goods when somebody uploads it, and the list that is whole. */
export function ExcelWindow({ stores, chosen }: Props) {
  const t = useTranslations("preorders.excel");
  const params = useSearchParams();
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState<string | null>(null);
  const store = chosen ?? other ?? stores[0]?.id ?? "";
  const kept = ["q", "status", "days"].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as [string, string]] : [];
  });
  const address = new URLSearchParams([...kept, ["store", store]]);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <DownloadIcon aria-hidden="true" />
        {t("button")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("title")} lead={t("what")}>
        <div className="flex flex-col gap-4">
          <Notice tone="red">{t("danger")}</Notice>
          <p className="text-ink-soft">{t("safe")}</p>
          {!chosen && stores.length > 1 && (
            <Field label={t("store")}>
              {(wiring) => (
                <Select
                  {...wiring}
                  value={store}
                  options={stores.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={({ target }) => setOther(target.value)}
                />
              )}
            </Field>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <a
              href={`/preorders/export?${address}`}
              className={buttonLook({})}
              onClick={() => setOpen(false)}
            >
              {t("only")}
            </a>
            <ButtonLink href={`/price-list?store=${store}`} prefetch={false} look="primary">
              {t("whole")}
            </ButtonLink>
          </div>
        </div>
      </Dialog>
    </>
  );
}
