const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Our id of a run: Inngest's are ULIDs, which are 128 bits as UUIDs are. */
export function ourRunId(id: string): string {
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) return id;
  const bits = [...id].reduce((sum, letter) => sum * 32n + BigInt(CROCKFORD.indexOf(letter)), 0n);
  const hex = bits.toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
