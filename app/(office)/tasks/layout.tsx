import type { ReactNode } from "react";
import { KeptOpen } from "./kept-open";

/** Holds over from page to page what was begun: a task opens at its own address, beside the same list. */
export default function TasksLayout({ children }: { children: ReactNode }) {
  return <KeptOpen>{children}</KeptOpen>;
}
