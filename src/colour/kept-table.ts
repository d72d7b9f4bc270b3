import { readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeWhole } from '../files.ts';
import { PictureTable } from './picture-table.ts';

/** Bytes before the nodes: their checksum. */
const HEAD = 4;

/**
 * Looks a table up in its file; where there is none, or one that is not whole, it is made and kept there. A folder
 * that cannot be written to costs time, not the order.
 * @param path the file; its name must tell all that the table depends on
 */
export async function keptTable(path: string, make: () => Promise<PictureTable>): Promise<PictureTable> {
  const found = await readFile(path).catch(() => null);
  if (found && found.length === HEAD + PictureTable.BYTES) {
    const nodes = new Uint8Array(new SharedArrayBuffer(PictureTable.BYTES));
    nodes.set(found.subarray(HEAD));
    if (crc32(nodes) === found.readUInt32LE(0)) return PictureTable.of(new Uint32Array(nodes.buffer));
  }
  const table = await make();
  const nodes = Buffer.from(table.nodes.buffer);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(crc32(nodes));
  await writeWhole(path, (temporary) => writeFile(temporary, Buffer.concat([head, nodes]))).catch(
    () => undefined,
  );
  return table;
}
