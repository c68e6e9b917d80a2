"use client";

import { ErrorState } from "@/components/error-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function RootError({ error, retry }: Props) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState level={1} code={error.digest} retry={retry} />
    </main>
  );
}
