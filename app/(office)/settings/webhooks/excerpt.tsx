/** Somebody else's words, as they came. */
export function Excerpt({ title, children }: { title: string; children: string }) {
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-ink-soft text-sm">{title}</figcaption>
      <pre className="max-h-40 overflow-y-auto whitespace-pre-wrap break-all rounded-md bg-sunken p-2 font-mono text-sm">
        {children}
      </pre>
    </figure>
  );
}
