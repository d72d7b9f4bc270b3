import type { Note } from '../products/geometry.ts';
import type { PrinterPreset } from '../products/printer.ts';

/** What of a made file the printer's requirements are held against. */
export interface FileFacts {
  /** The standard that it was written to, e.g. `PDF/X-4`. */
  readonly standard: string;
  readonly bytes: number;
  /** Resolution of its pictures, px per inch. */
  readonly ppi: readonly number[];
}

/**
 * Where a file is not what its printer asks for. Such a file may still be wanted, for a proof or another
 * press, so these are warnings; the size of the page needs none, it follows from the preset.
 */
export function againstPrinter({ file, title }: PrinterPreset, { standard, bytes, ppi }: FileFacts): Note[] {
  const notes: string[] = [];
  if (file.pdf && !file.pdf.value.startsWith(standard)) {
    notes.push(`${title} asks for ${file.pdf.value}; this file is ${standard}.`);
  }
  const megabytes = bytes / 1e6;
  if (file.maxMegabytes && megabytes > file.maxMegabytes.value) {
    notes.push(
      `${title} takes files up to ${file.maxMegabytes.value} MB; this one has ${Math.ceil(megabytes)} MB.`,
    );
  }
  const most = Math.max(0, ...ppi);
  if (file.maxPpi && most > file.maxPpi.value) {
    notes.push(`${title} wants at most ${file.maxPpi.value} ppi; a picture has ${Math.round(most)} ppi.`);
  }
  const least = Math.min(...ppi);
  if (least < file.ppi.value) {
    notes.push(`${title} wants ${file.ppi.value} ppi; a picture has ${Math.round(least)} ppi.`);
  }
  return notes.map((text) => ({ level: 'warning', text }));
}
