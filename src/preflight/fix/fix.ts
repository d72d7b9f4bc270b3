import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFWriter } from 'pdf-lib';
import { PressColours } from '../../colour/press-colours.ts';
import { PrintcatError } from '../../errors.ts';
import { name, numberOf } from '../../press/pdf.ts';
import { removeUnreachable } from '../../press/pdfx.ts';
import { openPdf, UnreadablePdf } from '../document/open.ts';
import type { Pdf } from '../document/pdf.ts';
import { outputProfile } from '../ink/page-plates.ts';
import { inspect } from '../inspect.ts';
import { profileNamed } from '../profiles.ts';
import { fixBoxes } from './boxes.ts';
import { Changes } from './changes.ts';
import { ContentFixer } from './content-fixer.ts';
import { fixTrailer, identify } from './identify.ts';

export interface Fixed {
  readonly pdf: Uint8Array;
  /** Each change, with its pages. */
  readonly changes: readonly string[];
  /** What would have been changed but was not safe to. */
  readonly left: readonly string[];
}

export interface FixOptions {
  /** Whether RGB is turned into inks; where RGB pictures are allowed it stays. */
  readonly colours: boolean;
}

/**
 * Mends what can be mended without changing what is printed: boxes, Trapped, the file's identifier and its
 * identification as PDF/X-4 (where it keeps all the other rules), lines too thin to print, RGB (through the output
 * intent's profile, FOGRA39 without one).
 * @throws PrintcatError for a file that must not be written anew: encrypted, damaged or signed
 */
export async function fixPdf(file: Uint8Array, { colours }: FixOptions): Promise<Fixed> {
  const pdf = await open(file);
  const changes = new Changes();
  const left = new Changes();
  fixBoxes(pdf, changes);
  await fixContent(pdf, colours ? await pressColours(pdf) : null, changes, left);
  removeUnreachable(pdf);
  fixTrailer(pdf, changes);
  const plain = await save(pdf);
  if (isIdentified(pdf)) return { pdf: plain, changes: changes.list(), left: left.list() };

  const reason = identify(pdf) ?? (await brokenRules(await save(pdf)));
  if (reason) {
    left.add(`Not called PDF/X-4: ${reason}`);
    return { pdf: plain, changes: changes.list(), left: left.list() };
  }
  changes.add('Identified as PDF/X-4 in XMP');
  return { pdf: await save(pdf), changes: changes.list(), left: left.list() };
}

async function open(file: Uint8Array): Promise<Pdf> {
  const refuse = (why: string) =>
    new PrintcatError(`Not fixed: ${why}`, { hint: 'Export the file again from the program that made it.' });
  const pdf = await openPdf(file).catch((error: unknown) => {
    throw error instanceof UnreadablePdf ? refuse(error.message) : error;
  });
  if (pdf.encrypted) throw refuse('the file is encrypted, which its owner may have wanted');
  const [damage] = pdf.damage;
  if (damage) throw refuse(`the file is damaged, and what is lost would stay lost (${damage.what})`);
  const form = pdf.catalog && pdf.dict(pdf.catalog.get(name('AcroForm')));
  if (form && ((numberOf(pdf.get(form, 'SigFlags')) ?? 0) & 1) === 1) {
    throw refuse('the file is signed, and a change would break the signature');
  }
  return pdf;
}

const save = (pdf: Pdf): Promise<Uint8Array> =>
  PDFWriter.forContext(pdf.context, Number.POSITIVE_INFINITY).serializeToBuffer();

/** The press that RGB is converted for: the file's own output intent. */
async function pressColours(pdf: Pdf): Promise<PressColours> {
  const profile = outputProfile(pdf);
  if (!profile) return PressColours.open('FOGRA39');
  const folder = await mkdtemp(join(tmpdir(), 'printcat-profile-'));
  try {
    const path = join(folder, 'output-intent.icc');
    await writeFile(path, profile);
    return await PressColours.open(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fixContent(
  pdf: Pdf,
  colours: PressColours | null,
  changes: Changes,
  left: Changes,
): Promise<void> {
  const fixer = new ContentFixer(pdf, colours);
  const linesOnly = new ContentFixer(pdf, null);
  for (const page of pdf.pages) {
    let fixed = fixer.page(page);
    if (fixed.overprints && [...fixed.changes].some((change) => change.startsWith('RGB'))) {
      // RGB knocks out all inks below; turned into inks, its zeros would let them through.
      fixed = linesOnly.page(page);
      left.add('RGB beside objects that overprint in mode 1', page.number);
    }
    for (const what of fixed.left) left.add(what, page.number);
    const group = pdf.dict(page.dict.get(name('Group')));
    if (fixed.changes.size === 0) continue;
    page.dict.set(name('Contents'), pdf.context.register(pdf.context.flateStream(fixed.content)));
    page.dict.set(name('Resources'), fixed.resources);
    if (group && !fixed.overprints) page.dict.set(name('Group'), fixer.group(group));
    for (const what of fixed.changes) changes.add(what, page.number);
  }
  const failed = await fixer.finish();
  if (failed > 0) left.add(`${failed} damaged RGB pictures`);
}

const isIdentified = (pdf: Pdf): boolean => {
  const stream = pdf.catalog && pdf.streamOf(pdf.catalog.get(name('Metadata')));
  return Boolean(stream && Buffer.from(pdf.bytes(stream)).includes('GTS_PDFXVersion'));
};

/** The rules of PDF/X-4 that a file breaks, in words; `null` where it keeps them all. */
async function brokenRules(file: Uint8Array): Promise<string | null> {
  const { findings } = await inspect(file, { profile: profileNamed('x4') });
  const broken = [
    ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)),
  ];
  return broken.length > 0 ? `it breaks ${broken.join(', ')}` : null;
}
