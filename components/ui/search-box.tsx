"use client";

import { Cross2Icon, MagnifyingGlassIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { cn } from "./class-names";
import { IconButton } from "./icon-button";
import { Input } from "./input";
import { useUrlState } from "./url-state";

const PAUSE_MS = 300;

type Props = { placeholder: string; name?: string; className?: string };

/** Searches while a person types; the words are in the address. */
export function SearchBox({ placeholder, name = "q", className }: Props) {
  const t = useTranslations("common.search");
  const { get, go } = useUrlState();
  const asked = get(name) ?? "";
  const [text, setText] = useState(asked);
  const [lastAsked, setLastAsked] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back and forward change the address under us; typing does not fight with its own echo.
  if (asked !== lastAsked) {
    setLastAsked(asked);
    if (asked !== text.trim()) setText(asked);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = (next: string) => {
    clearTimeout(timer.current);
    if (next.trim() !== asked) go({ [name]: next.trim() }, "replace");
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(next), PAUSE_MS);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(text);
  };
  const clear = () => {
    setText("");
    ask("");
  };

  return (
    <search className={cn("w-72 max-w-full", className)}>
      <form onSubmit={submit} className="relative">
        <MagnifyingGlassIcon
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-2.5 my-auto text-ink-faint"
        />
        <Input
          type="text"
          inputMode="search"
          enterKeyHint="search"
          name={name}
          aria-label={t("label")}
          placeholder={placeholder}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && clear()}
          className="px-8"
        />
        {text && (
          <IconButton
            label={t("clear")}
            icon={<Cross2Icon />}
            onClick={clear}
            className="absolute inset-y-0 right-0.5 my-auto size-7"
          />
        )}
      </form>
    </search>
  );
}
