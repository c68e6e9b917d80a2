"use client";

import { useEffect, useRef, useState } from "react";
import { useUrlState } from "@/components/ui/url-state";
import { type FieldName, fieldNames, type Texts } from "@/lib/calculator/field-model";

const PAUSE_MS = 350;

const signOf = (texts: Texts) =>
  JSON.stringify(fieldNames.map((name) => texts[name]?.trim() ?? ""));

/** What is typed, written into the address a moment later; another address fills the fields anew. */
export function useTexts(texts: Texts) {
  const { go } = useUrlState();
  const [values, setValues] = useState(texts);
  const [seen, setSeen] = useState(signOf(texts));
  /** Addresses that were written and have not come back yet. */
  const [sent, setSent] = useState<readonly string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The echo of what was typed may come late: only an address that we have not made fills the fields.
  const sign = signOf(texts);
  if (sign !== seen) {
    setSeen(sign);
    const nth = sent.indexOf(sign);
    setSent(nth === -1 ? [] : sent.slice(nth + 1));
    if (nth === -1) setValues(texts);
  }

  const write = (next: Texts) => {
    clearTimeout(timer.current);
    const written = signOf(next);
    if (written !== seen) setSent((before) => [...before, written]);
    const patch = fieldNames.map((name) => [name, next[name]?.trim() || null] as const);
    go({ ...Object.fromEntries(patch), product: null, export: null }, "replace");
  };
  const type = (name: FieldName, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => write(next), PAUSE_MS);
  };
  const clear = () => {
    setValues({});
    write({});
  };
  return { values, type, clear, flush: () => write(values) };
}
