/** Rows that one statement answers are of one moment; they are asked for when the file is. */
export async function* inOne<Row>(ask: () => Promise<Row[]>): AsyncGenerator<Row[], void> {
  yield await ask();
}
