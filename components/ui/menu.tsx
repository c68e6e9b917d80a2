"use client";

import { CheckIcon } from "@radix-ui/react-icons";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";

const itemLook =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none data-disabled:opacity-50 data-highlighted:bg-sunken pointer-coarse:min-h-10";

type MenuProps = {
  /** Already open when it appears: for menus that are fetched when they are asked for. */
  startsOpen?: boolean;
  trigger: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom";
  align?: "start" | "end";
};

export function Menu({
  startsOpen = false,
  trigger,
  children,
  side = "bottom",
  align = "start",
}: MenuProps) {
  return (
    <Radix.Root defaultOpen={startsOpen} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-appear overflow-y-auto rounded-lg border bg-raised p-1 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  onSelect: () => void;
  icon?: ReactNode;
  children: ReactNode;
  disabled?: boolean;
};

export function MenuItem({ onSelect, icon, children, disabled = false }: ItemProps) {
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={itemLook}>
      {icon}
      {children}
    </Radix.Item>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
};

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>({ label, value, options, onChoose }: ChoiceProps<T>) {
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChoose(option.value);
  };
  return (
    <Radix.Group>
      <Radix.Label className="px-2 pt-1.5 pb-1 text-ink-faint text-xs">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={choose}>
        {options.map((option) => (
          <Radix.RadioItem key={option.value} value={option.value} className={itemLook}>
            <span className="size-4">
              <Radix.ItemIndicator>
                <CheckIcon className="text-blue" />
              </Radix.ItemIndicator>
            </span>
            {option.label}
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  );
}

export function MenuLine() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
