"use client";

import { NotePanel } from "@/components/note-panel";
import type { Product } from "@/lib/products/model";
import { saveNote } from "../actions";

type Props = { product: Pick<Product, "id" | "note" | "isWritable">; className: string };

export function ProductNote({ product: { id, note, isWritable }, className }: Props) {
  return (
    <NotePanel
      note={note}
      mayChange={isWritable}
      save={(text) => saveNote({ productId: id, note: text })}
      className={className}
    />
  );
}
