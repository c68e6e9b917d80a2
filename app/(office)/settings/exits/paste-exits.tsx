"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { useFormSave } from "@/components/ui/use-form-save";
import type { LineFinding } from "@/lib/exits/model";
import { proxySchemes } from "@/lib/exits/scheme-model";
import { pasteExits } from "./actions";

const options = proxySchemes.map((value) => ({ value, label: value.toUpperCase() }));

type Left = { findings: LineFinding[]; added: number };

/** Many proxies at once. What could not be added stays in the field, with what is wrong of each line. */
export function PasteExits({ onDone }: { onDone: () => void }) {
  const t = useTranslations("settings.exits");
  const tSaving = useTranslations("settings");
  const { save, pending, fields, failure } = useFormSave();
  const [lines, setLines] = useState("");
  const [left, setLeft] = useState<Left | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const { label = "", readsPerSecond = "" } = given;
    const scheme = proxySchemes.find((known) => known === given.scheme) ?? "http";
    save(
      async () => {
        const outcome = await pasteExits({ label, scheme, lines, readsPerSecond });
        if (outcome.ok) settle(outcome.value);
        return outcome;
      },
      { text: t("pasteRead") },
    );
  };

  function settle(findings: LineFinding[]): void {
    const bad = findings.filter(({ kind }) => kind !== "added");
    const texts = lines.split(/\r?\n/);
    setLines(bad.map(({ line }) => texts[line - 1] ?? "").join("\n"));
    if (bad.length === 0) {
      onDone();
      return;
    }
    // The field now holds these lines alone, so they are counted anew.
    const renumbered = bad.map(({ kind }, nth) => ({ line: nth + 1, kind }));
    setLeft({ findings: renumbered, added: findings.length - bad.length });
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("list")} hint={t("listHint")} error={fields.lines}>
        {(wiring) => (
          <TextArea
            {...wiring}
            name="lines"
            rows={6}
            value={lines}
            onChange={(event) => setLines(event.target.value)}
            spellCheck={false}
            autoComplete="off"
            className="max-h-64 font-mono text-sm"
            placeholder={
              "185.10.20.30:8080:login:password\nlogin:password@185.10.20.31:8080\nsocks5://185.10.20.32:1080"
            }
          />
        )}
      </Field>
      {left && <Findings left={left} />}
      <div className="grid gap-3 sm:grid-cols-[7rem_1fr_8rem]">
        <Field label={t("scheme")} error={fields.scheme}>
          {(wiring) => <Select {...wiring} name="scheme" options={options} />}
        </Field>
        <Field label={t("label")} error={fields.label}>
          {(wiring) => (
            <Input {...wiring} name="label" autoComplete="off" defaultValue={t("labelUsual")} />
          )}
        </Field>
        <Field label={t("reads")} error={fields.readsPerSecond}>
          {(wiring) => (
            <Input {...wiring} name="readsPerSecond" inputMode="decimal" defaultValue="5" />
          )}
        </Field>
      </div>
      <p className="text-ink-soft text-sm">{t("schemeHint")}</p>
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending} disabled={lines.trim() === ""}>
          {pending ? tSaving("saving") : t("pasteAct")}
        </Button>
      </div>
    </form>
  );
}

function Findings({ left: { findings, added } }: { left: Left }) {
  const t = useTranslations("settings.exits");
  return (
    <Notice tone="amber">
      <p>{t("pasteLeft", { added: String(added), left: String(findings.length) })}</p>
      <ul className="max-h-40 overflow-auto">
        {findings.map(({ line, kind }) => (
          <li key={line}>{t("finding", { line: String(line), kind })}</li>
        ))}
      </ul>
    </Notice>
  );
}
