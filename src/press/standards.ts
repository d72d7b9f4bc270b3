/** What a standard asks of the document as a whole. */
export interface Edition {
  /** Its name, for people. */
  readonly title: string;
  /** The PDF version of its header. */
  readonly pdf: readonly [major: number, minor: number];
  /** GTS_PDFXVersion. */
  readonly version: string;
  /** GTS_PDFXConformance, which only the older editions have. */
  readonly conformance?: string;
  /** Whether its identification stands in XMP. */
  readonly xmp: boolean;
  /** Whether it may hold live transparency. */
  readonly transparency: boolean;
}

/** The standards that a press file can be written to. */
export const STANDARDS = {
  /** ISO 15930-7:2010 is PDF 1.6 (6.1). */
  x4: { title: 'PDF/X-4', pdf: [1, 6], version: 'PDF/X-4', xmp: true, transparency: true },
  /** ISO 15930-1:2001 is PDF 1.3 (6.1) without transparency (6.3.5); inks and spots only (6.2.3). */
  x1a: {
    title: 'PDF/X-1a:2001',
    pdf: [1, 3],
    version: 'PDF/X-1:2001',
    conformance: 'PDF/X-1a:2001',
    xmp: false,
    transparency: false,
  },
} as const satisfies Record<string, Edition>;
export type Standard = keyof typeof STANDARDS;
export const STANDARD_NAMES = Object.keys(STANDARDS) as [Standard, ...Standard[]];

/**
 * The standard that a printer asks for, e.g. `PDF/X-1a:2001`; PDF/X-4 where it names none of ours.
 * @param wanted the preset's words
 */
export const standardFor = (wanted: string | undefined): Standard =>
  STANDARD_NAMES.find((name) => wanted?.startsWith(STANDARDS[name].title)) ?? 'x4';
