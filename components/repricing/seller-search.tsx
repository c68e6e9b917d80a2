"use client";

import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useRef,
  useState,
} from "react";
import { cn } from "@/components/ui/class-names";
import type { FieldWiring } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useCounted } from "@/components/use-counted";
import type { FoundSeller } from "@/lib/rivals/list-model";
import type { SellerBook } from "./use-seller-book";

const TYPING_MS = 250;

type Props = {
  wiring: FieldWiring;
  name: string;
  input: Ref<HTMLInputElement>;
  book: SellerBook;
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
  onPaste: (event: ClipboardEvent) => void;
};

/** A seller to choose; without cards: a number typed by hand. */
type Option = { id: string; name: string | null; cards: number };

/** What was asked, and who was found: while one types on, it answers what was typed before. */
type Found = { q: string; sellers: readonly FoundSeller[]; isLost: boolean };

/** A field that finds sellers while one types; arrows and Enter choose, Escape shuts the list. */
export function SellerSearch({ wiring, name, input, book, chosen, onChoose, onPaste }: Props) {
  const t = useTranslations();
  const [q, setQ] = useState("");
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [active, setActive] = useState(0);
  const { find, learn } = book;
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    let isLate = false;
    const timer = setTimeout(async () => {
      const answer = await find({ q }).catch(() => null);
      if (!isLate) setFound({ q, isLost: !answer?.ok, sellers: answer?.ok ? answer.value : [] });
    }, TYPING_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [q, open, find]);

  useEffect(() => {
    if (open && found) list.current?.scrollIntoView({ block: "nearest" });
  }, [open, found]);

  const options = optionsOf(found?.sellers ?? [], q.trim(), chosen);
  const listId = `${wiring.id}-found`;
  const choose = (option: Option) => {
    if (option.name !== null) learn({ ...option, name: option.name });
    onChoose([option.id]);
    setQ("");
    setActive(0);
  };
  const move = (by: number) => {
    setOpen(true);
    if (open) setActive(Math.max(0, Math.min(active + by, options.length - 1)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const option = options[active];
    if (key === "ArrowDown" || key === "ArrowUp") move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape" && open) setOpen(false);
    else if (key !== "Enter") return;
    else if (open && option && found?.q === q) choose(option);
    // Enter does not send the form either.
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Input
        {...wiring}
        ref={input}
        name={name}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && options[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={q}
        placeholder={t("rule.sellers.find")}
        onChange={({ target }) => {
          setQ(target.value);
          setActive(0);
          setOpen(true);
        }}
        onPaste={onPaste}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t("rule.sellers.found")}
        hidden={!open || found === null}
        className="mt-1 max-h-64 overflow-y-auto rounded-md border bg-raised p-1 shadow-pop"
      >
        {options.map((option, nth) => (
          <SellerOption
            key={option.id}
            id={`${listId}-${nth}`}
            option={option}
            isActive={nth === active}
            onChoose={() => choose(option)}
          />
        ))}
        {options.length === 0 && (
          <p className="px-2 py-1.5 text-ink-soft text-sm">
            {t(found?.isLost ? "errors.no_connection" : "rule.sellers.none")}
          </p>
        )}
      </div>
    </div>
  );
}

/** Those found who are not chosen yet; else what was typed, if it may be a seller's number. */
function optionsOf(found: readonly FoundSeller[], q: string, chosen: readonly string[]): Option[] {
  const fresh = found.filter(({ id }) => !chosen.includes(id));
  const isNumber = /^\d{4,}$|^(?=.*\d)[\w.-]{4,64}$/.test(q);
  const isKnown = chosen.includes(q) || fresh.some(({ id }) => id === q);
  return isNumber && !isKnown ? [...fresh, { id: q, name: null, cards: 0 }] : fresh;
}

type OptionProps = { id: string; option: Option; isActive: boolean; onChoose: () => void };

function SellerOption({ id, option: { name, cards, ...seller }, isActive, onChoose }: OptionProps) {
  const t = useTranslations("rule.sellers");
  const counted = useCounted();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field, which keeps the focus.
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: "nearest" });
      }}
      className={cn(
        "flex cursor-pointer items-center justify-between gap-3 rounded-sm px-2 py-1.5 hover:bg-sunken",
        isActive && "bg-sunken",
      )}
    >
      <span className="min-w-0">
        <span className="block truncate">{name ?? t("add", { id: seller.id })}</span>
        <span className="block text-ink-soft text-xs">{name ? seller.id : t("unseen")}</span>
      </span>
      {name && <span className="shrink-0 text-ink-soft text-sm">{t("cards", counted(cards))}</span>}
    </div>
  );
}
