/** Columns that a line takes in a terminal: kana, kanji and full-width forms take two. */
const displayWidth = (text: string): number =>
  [...text].reduce((width, char) => width + (char >= '\u2e80' && char <= '\uffef' ? 2 : 1), 0);

const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Breaks text at spaces into lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Rows as aligned text, one string a row; the last column is wrapped under itself.
 * @param width columns to keep to
 */
export function table(rows: readonly (readonly string[])[], { indent = 2, width = 100 } = {}): string[] {
  const columns = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => displayWidth(row[i] ?? ''))),
  );
  const hang = indent + widths.reduce((sum, w) => sum + w + 2, 0);
  return rows.map((row) => {
    const cells = widths.map((w, i) => `${pad(row[i] ?? '', w)}  `).join('');
    const lines = wrap(row[columns] ?? '', Math.max(20, width - hang));
    return (' '.repeat(indent) + cells + lines.join(`\n${' '.repeat(hang)}`)).trimEnd();
  });
}

/** Numbers the sources of a listing, so that each is printed once: `[1]`. */
export class Footnotes {
  readonly #texts: string[] = [];

  /** The mark of a source, the same for the same text. */
  mark(text: string): string {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return `[${this.#texts.indexOf(text) + 1}]`;
  }

  /** The sources as rows of a table. */
  rows(): string[][] {
    return this.#texts.map((text) => [this.mark(text), text]);
  }
}
