"use client";

import { type ReactNode, useState } from "react";
import type { MessageGiven } from "@/lib/mailings/messages/message-model";
import type { Preview } from "@/lib/mailings/messages/preview-letter";
import { LetterForm } from "./letter-form";
import { LetterPreview } from "./letter-preview";
import { LetterWords } from "./letter-words";
import { isSame } from "./same-words";

type Props = {
  /** Null: a new one. */
  messageId: string | null;
  values: MessageGiven;
  /** How what is saved reads; null while nothing is. */
  first: Preview | null;
  may: { edit: boolean; choose: boolean };
  isBeingSent: boolean;
  /** Addresses whose words it may be looked at with. */
  offered: readonly string[];
  children?: ReactNode;
};

/** A letter as it is written, and beside it as it is read. */
export function LetterDesk(props: Props) {
  const { messageId, values, first, may, isBeingSent, offered, children } = props;
  const [written, setWritten] = useState(values);
  const [saved, setSaved] = useState(values);
  const keep = (kept: MessageGiven) => {
    setWritten(kept);
    setSaved(kept);
  };
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        {may.edit ? (
          <LetterForm
            messageId={messageId}
            written={written}
            onWrite={setWritten}
            onSaved={keep}
            isBeingSent={isBeingSent}
          />
        ) : (
          <LetterWords written={values} />
        )}
        {children}
      </div>
      <LetterPreview
        written={written}
        first={first}
        offered={offered}
        mayChoose={may.choose}
        messageId={may.edit ? messageId : null}
        isSaved={messageId !== null && isSame(written, saved)}
      />
    </div>
  );
}
