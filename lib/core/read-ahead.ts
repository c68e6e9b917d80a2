/** The same items, each asked for while the one before is being worked on. */
export async function* readAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      // Whoever stops listening still has it awaited: a failure is then nobody's.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
