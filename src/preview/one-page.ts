import { PDFDocument, PDFObjectCopier, PDFPage, type PDFPageLeaf } from 'pdf-lib';
import { name } from '../press/pdf.ts';
import { documentBytes } from '../press/write-document.ts';

/**
 * A page as a document of its own, with what the file says of its layers; the file itself stays as it is.
 * @param at its place in the file, from 0
 */
export async function onePage(file: PDFDocument, at: number): Promise<PDFDocument> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  // One copier for both, so that a layer that the page names is the one in the catalogue.
  const copier = PDFObjectCopier.for(file.context, doc.context);
  const leaf: PDFPageLeaf = copier.copy(file.getPage(at).node);
  doc.addPage(PDFPage.of(leaf, doc.context.register(leaf), doc));
  const layers = file.catalog.get(name('OCProperties'));
  if (layers) doc.catalog.set(name('OCProperties'), copier.copy(layers));
  return doc;
}

/** Its bytes, for programs that draw. */
export const drawable = async (doc: PDFDocument): Promise<Uint8Array> => {
  // Embeds what is still to be embedded, as `save` would.
  await doc.flush();
  return documentBytes(doc);
};
