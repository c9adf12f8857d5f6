/** A JSON file `{ "items": [ … ] }`, row by row, so that no more than one is held; it opens with its first row. */
export async function* jsonItems<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<string> {
  let before = '{"items":[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ",\n";
  }
  yield before.startsWith("{") ? `${before}]}\n` : "\n]}\n";
}
