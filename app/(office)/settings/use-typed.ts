"use client";

import { useLocale } from "next-intl";

/** A number as a person would type it into a field. */
export function useTyped() {
  const comma = useLocale() === "en" ? "." : ",";
  return (value: number) => String(value).replace(".", comma);
}
