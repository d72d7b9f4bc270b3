/** Independent programs that look at the PDFs, so that we are not our own judge. */
export { colouredSteps, mutoolTrace, type TraceStep } from './mutool.ts';
export { type Plates, plates } from './plates.ts';
export {
  type BoxName,
  type PdfFont,
  type PdfImage,
  type PdfWord,
  pdfBoxes,
  pdfFonts,
  pdfImages,
  pdfWords,
  render,
} from './poppler.ts';
export { hasTransparency, qpdfCheck, seeThroughObjects } from './qpdf.ts';
export { hasTool } from './tool.ts';
export { validateXml, xpath } from './xmllint.ts';
export { decodedCodes } from './zbar.ts';
