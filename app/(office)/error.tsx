"use client";

import { ErrorState } from "@/components/error-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function OfficeError({ error, retry }: Props) {
  return <ErrorState level={1} code={error.digest} retry={retry} />;
}
