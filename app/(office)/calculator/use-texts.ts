"use client";

import { useEffect, useRef, useState } from "react";
import { useUrlState } from "@/components/ui/url-state";
import { type FieldName, fieldNames, type Texts } from "@/lib/calculator/field-model";

const PAUSE_MS = 350;

const signOf = (texts: Texts) =>
  JSON.stringify(fieldNames.map((name) => texts[name]?.trim() ?? ""));

/** What is typed, written into the address a moment later; another address fills the fields anew. */
export function useTexts(texts: Texts) {
  const { go, pending } = useUrlState();
  const [values, setValues] = useState(texts);
  const [isTyping, setIsTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // While nothing is typed and nothing is on its way, the fields are what the address says.
  const isSettled = !pending && !isTyping;
  useEffect(() => {
    if (isSettled && signOf(values) !== signOf(texts)) setValues(texts);
  }, [isSettled, values, texts]);

  const write = (next: Texts) => {
    clearTimeout(timer.current);
    setIsTyping(false);
    const patch = fieldNames.map((name) => [name, next[name]?.trim() || null] as const);
    go({ ...Object.fromEntries(patch), product: null, export: null }, "replace");
  };
  const type = (name: FieldName, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    setIsTyping(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => write(next), PAUSE_MS);
  };
  const clear = () => {
    setValues({});
    write({});
  };
  return { values, type, clear, flush: () => write(values) };
}
