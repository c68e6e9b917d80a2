"use client";

import { ErrorState } from "@/components/error-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function OfficeError({ error, retry }: Props) {
  return <ErrorState code={error.digest} retry={retry} />;
}
