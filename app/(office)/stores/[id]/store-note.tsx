"use client";

import { NotePanel } from "@/components/note-panel";
import { saveNote } from "./actions";

type Props = { storeId: string; note: string | null; mayChange: boolean };

export function StoreNote({ storeId, note, mayChange }: Props) {
  return (
    <NotePanel
      note={note}
      mayChange={mayChange}
      save={(text) => saveNote({ storeId, note: text })}
    />
  );
}
