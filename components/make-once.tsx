"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

type Words = { title: string; lead: string };
type Props = {
  /** On the button. */
  label: string;
  asked: Words;
  made: Words;
  form: (onMade: (value: string) => void) => ReactNode;
  once: (value: string, onKept: () => void) => ReactNode;
};

/** The button, the questions, and what they make, this once: so it stays where it is when the list comes. */
export function MakeOnce({ label, asked, made, form, once }: Props) {
  const [open, setOpen] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  const change = (next: boolean) => {
    setValue(null);
    setOpen(next);
  };
  return (
    <>
      <Button look="primary" onClick={() => change(true)}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={change} {...(value ? made : asked)}>
        {value ? once(value, () => change(false)) : form(setValue)}
      </Dialog>
    </>
  );
}
