import { readFile } from 'node:fs/promises';
import { extname, relative, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { parseCsv } from './parse-csv.ts';
import { parseYaml } from './parse-yaml.ts';
import { kindOf, listOf, type Mistake, mapOf, over, type Written } from './written.ts';

/** What a file of orders says: its orders, with the file's defaults beneath them, and its matrices. */
export interface OrderFile {
  /** As messages name it. */
  readonly file: string;
  readonly orders: readonly Written[];
  /** Its own defaults lie beneath the orders that come of it. */
  readonly matrices: readonly Written[];
  readonly defaults: Written | null;
}

/** The endings of order files, and what each is. */
export const ORDER_FILES = ['.csv', '.tsv', '.yaml', '.yml', '.json', '.jsonl', '.ndjson'] as const;

/** What a file may say beside a list of orders. */
const PARTS = ['$schema', 'defaults', 'orders', 'matrix'];

/**
 * Reads files of orders.
 * @param paths relative to `cwd`
 * @returns what was found, and everything that is wrong, with its line
 */
export async function readOrderFiles(
  paths: readonly string[],
  cwd: string,
): Promise<{ files: OrderFile[]; mistakes: Mistake[] }> {
  const files: OrderFile[] = [];
  const mistakes: Mistake[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    const near = relative(cwd, full);
    const file = near.startsWith('..') ? full : near;
    try {
      const text = await readFile(full, 'utf8');
      const { root, mistakes: own } = parseText(text, file);
      mistakes.push(...own);
      if (root) files.push(partsOf(root, file, mistakes));
      else if (own.length === 0)
        mistakes.push({ file, line: null, message: 'Expected orders but the file is empty' });
    } catch (error) {
      mistakes.push({ file, line: null, message: `The file cannot be read: ${messageOf(error)}` });
    }
  }
  return { files, mistakes };
}

function parseText(text: string, file: string): { root: Written | null; mistakes: Mistake[] } {
  switch (extname(file).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return parseCsv(text, file);
    case '.yaml':
    case '.yml':
      return parseYaml(text, file);
    case '.json':
      return parseJson(text, file);
    case '.jsonl':
    case '.ndjson':
      return parseLines(text, file);
    default:
      return {
        root: null,
        mistakes: [
          { file, line: null, message: `Expected a file with the ending ${ORDER_FILES.join(', ')}` },
        ],
      };
  }
}

/** The parser of YAML knows lines, that of JSON what is not JSON. */
function parseJson(
  text: string,
  file: string,
  lineBefore = 0,
): { root: Written | null; mistakes: Mistake[] } {
  const parsed = parseYaml(text.replace(/^\uFEFF/, ''), file, lineBefore);
  if (parsed.mistakes.length > 0) return parsed;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return parsed;
  } catch (error) {
    // Not every message of the parser says where.
    const at = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? 0);
    const line = lineBefore + text.slice(0, at).split('\n').length;
    return {
      root: null,
      mistakes: [{ file, line, message: `Expected JSON: ${messageOf(error).split('\n')[0]}` }],
    };
  }
}

function parseLines(text: string, file: string): { root: Written; mistakes: Mistake[] } {
  const orders: Written[] = [];
  const mistakes: Mistake[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseJson(line, file, i);
    mistakes.push(...parsed.mistakes);
    if (parsed.root) orders.push(parsed.root);
  }
  return { root: { line: 1, value: orders }, mistakes };
}

/** One order, a list of them, or a list with defaults and a matrix. */
function partsOf(root: Written, file: string, mistakes: Mistake[]): OrderFile {
  const list = listOf(root);
  if (list) return { file, orders: list, matrices: [], defaults: null };
  const map = mapOf(root);
  if (!map) {
    mistakes.push({ file, line: root.line, message: `Expected orders but received ${kindOf(root)}` });
    return { file, orders: [], matrices: [], defaults: null };
  }
  if (!map.has('orders') && !map.has('matrix')) return { file, orders: [root], matrices: [], defaults: null };
  for (const [key, { line }] of map) {
    if (PARTS.includes(key)) continue;
    const message = `Expected one of ${PARTS.slice(1).join(', ')} but received ${key}`;
    mistakes.push({ file, line, message, hint: 'What holds for all orders stands under defaults.' });
  }
  const defaults = map.get('defaults') ?? null;
  if (defaults && !mapOf(defaults)) {
    mistakes.push({
      file,
      line: defaults.line,
      message: `Expected options for defaults but received ${kindOf(defaults)}`,
    });
  }
  const matrix = map.get('matrix');
  const written = map.get('orders');
  const orders = written ? listOf(written) : [];
  if (!orders) {
    mistakes.push({
      file,
      line: written!.line,
      message: `Expected a list for orders but received ${kindOf(written!)}`,
    });
  }
  return {
    file,
    orders: (orders ?? []).map((order) => (defaults ? withDefaults(order, defaults) : order)),
    matrices: matrix ? (listOf(matrix) ?? [matrix]) : [],
    defaults,
  };
}

/** An order that names its pictures one way has nothing to do with the other way. */
export function withDefaults(order: Written, defaults: Written): Written {
  const own = mapOf(order);
  const below = mapOf(defaults);
  if (!own || !below) return order;
  const named = own.has('image') || own.has('images');
  const kept = [...below].filter(([key]) => !(named && (key === 'image' || key === 'images')));
  return over(order, { line: defaults.line, value: new Map(kept) });
}
