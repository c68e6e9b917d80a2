/** The sign of the product: an awning over a shop door. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="currentColor">
      <path d="M3.2 3h17.6l2.2 6.2a3.4 3.4 0 0 1-5.5 1.5 3.7 3.7 0 0 1-5.5 0 3.7 3.7 0 0 1-5.5 0A3.4 3.4 0 0 1 1 9.2z" />
      <path d="M3.5 13.6V21H9v-5.5h6V21h5.5v-7.4c-1.2 0-2.3-.3-3.2-.9a5.6 5.6 0 0 1-5.3 0 5.6 5.6 0 0 1-5.3 0c-.9.6-2 .9-3.2.9z" />
    </svg>
  );
}
