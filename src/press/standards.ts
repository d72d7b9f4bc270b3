/** What a standard asks of the document as a whole. */
export interface Edition {
  /** Its name, for people. */
  readonly title: string;
  /** The PDF version of its header. */
  readonly pdf: readonly [major: number, minor: number];
  /** The colours that it is written in. */
  readonly space: 'cmyk' | 'rgb';
  /** GTS_PDFXVersion; `null` where the file is none of the PDF/X family. */
  readonly version: string | null;
  /** GTS_PDFXConformance, which only the oldest edition has. */
  readonly conformance?: string;
  /** Whether it carries XMP. */
  readonly xmp: boolean;
  /** Whether it may hold live transparency and layers. */
  readonly live: boolean;
  /** Major version of ICC profiles that its PDF version knows. */
  readonly icc: 2 | 4;
}

/** The standards that a press file can be written to. */
export const STANDARDS = {
  /** ISO 15930-7:2010 is PDF 1.6 (6.1). */
  x4: { title: 'PDF/X-4', pdf: [1, 6], space: 'cmyk', version: 'PDF/X-4', xmp: true, live: true, icc: 4 },
  /** ISO 15930-1:2001 is PDF 1.3 (6.1) without transparency (6.3.5); inks and spots only (6.2.3). */
  x1a: {
    title: 'PDF/X-1a:2001',
    pdf: [1, 3],
    space: 'cmyk',
    version: 'PDF/X-1:2001',
    conformance: 'PDF/X-1a:2001',
    xmp: false,
    live: false,
    icc: 2,
  },
  /** ISO 15930-4:2003 is the same for PDF 1.4, whose transparency it forbids. */
  'x1a-2003': {
    title: 'PDF/X-1a:2003',
    pdf: [1, 4],
    space: 'cmyk',
    version: 'PDF/X-1a:2003',
    xmp: false,
    live: false,
    icc: 2,
  },
  /**
   * For those who convert to inks themselves. No PDF/X: its output intent must be a printer's profile (class prtr), and
   * sRGB is a display's. A plain PDF 1.7 (ISO 32000-1) that says by its output intent that its RGB is sRGB.
   */
  rgb: { title: 'PDF 1.7 in sRGB', pdf: [1, 7], space: 'rgb', version: null, xmp: true, live: true, icc: 4 },
} as const satisfies Record<string, Edition>;
export type Standard = keyof typeof STANDARDS;
export const STANDARD_NAMES = Object.keys(STANDARDS) as [Standard, ...Standard[]];

/**
 * The standard that a printer asks for, e.g. `PDF/X-1a:2001`; PDF/X-4 where it names none of ours.
 * @param wanted the preset's words
 */
export const standardFor = (wanted: string | undefined): Standard =>
  STANDARD_NAMES.find((name) => wanted?.startsWith(STANDARDS[name].title)) ?? 'x4';
