/** What is made of a table is made once, however many ask for it: as long as the table is the same object. */
export function oncePer<Table extends object, Made>(
  make: (table: Table) => Made,
): (table: Table) => Made {
  const known = new WeakMap<Table, { made: Made }>();
  return (table) => {
    const before = known.get(table) ?? { made: make(table) };
    known.set(table, before);
    return before.made;
  };
}
