import { CsvError, parse } from 'csv-parse/sync';
import type { Mistake, Written } from './written.ts';

/** Spreadsheets of other countries write other separators. */
const SEPARATORS = [',', ';', '\t'];

/** Columns of this beginning are fields of the template: `set.title`. */
const FIELD = /^(?:set|fields?)\.(.+)$/;

interface Row {
  readonly record: string[];
  /** Lines up to the end of the record. */
  readonly info: { readonly lines: number };
}

/**
 * Reads a table with a column for each option, and for each field of the template under `set.`; an empty cell says
 * nothing.
 */
export function parseCsv(text: string, file: string): { root: Written | null; mistakes: Mistake[] } {
  const [header = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const count = (separator: string) => header.split(separator).length;
  const delimiter = SEPARATORS.toSorted((a, b) => count(b) - count(a))[0]!;
  let rows: Row[];
  try {
    rows = parse(text, {
      ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, delimiter },
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    return {
      root: null,
      mistakes: [{ file, line: lines ?? null, message: `The table breaks off: ${error.message}` }],
    };
  }
  const [head, ...body] = rows;
  if (!head)
    return {
      root: null,
      mistakes: [{ file, line: null, message: 'Expected a line with the names of columns' }],
    };
  const columns = head.record;
  const mistakes: Mistake[] = [];
  const twice = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i);
  if (twice !== undefined) {
    mistakes.push({ file, line: 1, message: `Expected each column once but ${twice} stands there twice` });
  }
  const orders: Written[] = [];
  for (const { record, info } of body) {
    // A cell may have lines of its own.
    const line = info.lines - record.join('').split('\n').length + 1;
    if (record.every((cell) => cell === '')) continue;
    const extra = record.findIndex((cell, i) => cell !== '' && !columns[i]);
    if (extra !== -1) {
      const message = `Expected at most ${columns.filter(Boolean).length} cells but received "${record[extra]}" beyond them`;
      mistakes.push({ file, line, message, hint: 'A text with a comma stands in double quotes.' });
      continue;
    }
    const values = new Map<string, Written>();
    const fields = new Map<string, Written>();
    for (const [i, cell] of record.entries()) {
      if (cell === '') continue;
      const field = FIELD.exec(columns[i]!)?.[1];
      if (field === undefined) values.set(columns[i]!, { line, value: cell });
      else fields.set(field, { line, value: cell.replaceAll('\\n', '\n') });
    }
    if (fields.size > 0) values.set('fields', { line, value: fields });
    orders.push({ line, value: values });
  }
  return { root: { line: 1, value: orders }, mistakes };
}
