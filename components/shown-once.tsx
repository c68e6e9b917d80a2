"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

type Props = {
  value: string;
  onKept: () => void;
  words: { label: string; hint: ReactNode; copy: string; copied: string; done: string };
};

/** A secret that nobody can read again. */
export function ShownOnce({ value, onKept, words }: Props) {
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast({ text: words.copied });
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label={words.label} hint={words.hint}>
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
              {words.copy}
            </Button>
          </div>
        )}
      </Field>
      <div className="flex justify-end">
        <Button look="primary" onClick={onKept}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
