import { name, nameOf, numberOf } from '../../../press/pdf.ts';
import type { Pdf } from '../../document/pdf.ts';
import type { Rule } from '../../model.ts';
import { error, everywhere, warning } from '../levels.ts';
import { aboutEntries, byStandard, entriesOf, statesOf } from './objects.ts';

const X = 'ISO 15930-1:2001, -4:2003, -7:2010';

export const encryption: Rule = {
  id: 'PX-ENCRYPT',
  clause: `${X}; ISO 32000-1, 7.6`,
  title: 'The file is not encrypted',
  hint: 'Save the file without a password and without restrictions.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    document(pdf) {
      if (pdf.encrypted) report({ message: 'The file is encrypted' });
    },
  }),
};

/** ISO 32000-1, table 198, and the later ones of PDF 2.0. */
const ACTIONS = new Set(
  'GoTo GoToR GoToE Launch Thread URI Sound Movie Hide Named SubmitForm ResetForm ImportData JavaScript SetOCGState Rendition Trans GoTo3DView RichMediaExecute GoToDp'.split(
    ' ',
  ),
);
/** Keys under which an action stands; `Next` leads from one to the next. */
const ACTION_KEYS = new Set(['A', 'OpenAction', 'Next', 'JavaScript', 'AA']);

export const actions: Rule = aboutEntries({
  id: 'PX-ACTION',
  clause: `${X}; ISO 32000-1, 12.6`,
  title: 'There are no actions and no JavaScript',
  hint: 'Export the file without links, buttons and scripts.',
  levels: everywhere('error'),
  wrong(pdf, { dict, key }) {
    const kind = nameOf(pdf.get(dict, 'S'));
    const script = dict.has(name('JS'));
    const named = nameOf(pdf.get(dict, 'Type')) === 'Action' || ACTION_KEYS.has(key) || script;
    const triggers = dict.has(name('AA')) ? ['Something happens when a page or field is used (AA)'] : [];
    if (kind === null || !named || !(ACTIONS.has(kind) || script)) return triggers;
    return [
      ...triggers,
      kind === 'JavaScript' || script ? 'There is JavaScript' : `There is an action (${kind})`,
    ];
  },
});

export const forms: Rule = {
  id: 'PX-FORM',
  clause: `${X}; ISO 32000-1, 12.7`,
  title: 'There is no form to fill in',
  hint: 'Flatten the form fields, or export the file without them.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    document(pdf) {
      const form = pdf.dict(pdf.catalog?.get(name('AcroForm')));
      if (!form) return;
      if (form.has(name('XFA'))) report({ message: 'There is an XFA form', key: 'XFA' });
      const fields = pdf.array(form.get(name('Fields'))).length;
      if (fields > 0) {
        report({ message: `There is a form with ${fields} field${fields > 1 ? 's' : ''}`, key: 'fields' });
      }
    },
  }),
};

/** A file embedded is print data in no standard; PDF/X-4 lets it lie there, and printers' gates stumble over it. */
export const embeddedFiles: Rule = aboutEntries({
  id: 'PX-FILES',
  clause: 'ISO 15930-1:2001, -4:2003; ISO 32000-1, 7.11.4',
  title: 'There are no embedded files',
  hint: 'Remove the attachments: a printer prints the pages alone.',
  levels: byStandard({ x4: warning(), x1a: error() }),
  wrong: (pdf, { dict }) => (pdf.dict(dict.get(name('EF'))) ? ['There is an embedded file'] : []),
});

export const transfer: Rule = aboutEntries({
  id: 'PX-TRANSFER',
  clause: `${X}; ISO 32000-1, 10.5`,
  title: 'No graphics state has a transfer function',
  hint: 'Apply the curve to the artwork itself, and export without transfer functions.',
  levels: everywhere('error'),
  among: statesOf,
  wrong: (pdf, { dict }) =>
    (
      [
        ['TR', 'Identity'],
        ['TR2', 'Default'],
      ] as const
    )
      .filter(([key, harmless]) => dict.has(name(key)) && nameOf(pdf.get(dict, key)) !== harmless)
      .map(([key]) => `A graphics state has a transfer function (${key})`),
});

export const halftones: Rule = aboutEntries({
  id: 'PX-HALFTONE',
  clause: `${X}; ISO 32000-1, 10.6`,
  title: 'Halftones are of type 1 or 5, without a name and a phase',
  hint: 'Export without halftone information: the printer chooses the screen.',
  levels: everywhere('error'),
  wrong(pdf, { dict }) {
    const type = numberOf(pdf.get(dict, 'HalftoneType'));
    return [
      ...(dict.has(name('HTP')) ? ['A graphics state has a halftone phase (HTP)'] : []),
      ...(type !== null && type !== 1 && type !== 5 ? [`There is a halftone of type ${type}`] : []),
      ...(type !== null && dict.has(name('HalftoneName')) ? ['There is a halftone with a name'] : []),
    ];
  },
});

export const postScript: Rule = aboutEntries({
  id: 'PX-POSTSCRIPT',
  clause: `${X}; ISO 32000-1, 8.8.2`,
  title: 'There is no PostScript in the file',
  hint: 'Export the file again by a program that writes no PostScript XObjects.',
  levels: everywhere('error'),
  wrong(pdf, { dict }) {
    const subtype = nameOf(pdf.get(dict, 'Subtype'));
    const second = nameOf(pdf.get(dict, 'Subtype2'));
    return subtype === 'PS' || second === 'PS' || (subtype === 'Form' && dict.has(name('PS')))
      ? ['There is a PostScript XObject']
      : [];
  },
});

export const alternates: Rule = {
  id: 'PX-ALTERNATE',
  clause: `${X}; ISO 32000-1, 8.9.5.4`,
  title: 'No picture has another that is printed in its place',
  hint: 'Export the file without alternate images.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    document(pdf) {
      for (const { dict, object } of entriesOfPictures(pdf)) {
        const others = pdf.array(dict.get(name('Alternates')));
        if (others.length === 0) continue;
        const printed = others.some((other) => {
          const entry = pdf.dict(other);
          return entry && String(pdf.get(entry, 'DefaultForPrinting')) === 'true';
        });
        report({
          message: printed
            ? 'An alternate image is printed in a picture’s place'
            : 'A picture has alternates',
          severity: printed ? 'error' : 'warning',
          key: String(printed),
          ...(object && { object }),
        });
      }
    },
  }),
};

const entriesOfPictures = (pdf: Pdf) =>
  entriesOf(pdf).filter(({ dict }) => nameOf(pdf.get(dict, 'Subtype')) === 'Image');

export const elsewhere: Rule = aboutEntries({
  id: 'PX-ELSEWHERE',
  clause: `${X}; ISO 32000-1, 8.10.4, 14.11.7, 7.3.8.2`,
  title: 'All that is printed is in the file',
  hint: 'Export with the pictures embedded: no OPI, no references to other files.',
  levels: everywhere('error'),
  wrong(pdf, { dict }) {
    const subtype = nameOf(pdf.get(dict, 'Subtype'));
    const drawn = subtype === 'Form' || subtype === 'Image';
    return [
      ...(drawn && dict.has(name('OPI')) ? ['A picture stands for one elsewhere (OPI)'] : []),
      ...(subtype === 'Form' && dict.has(name('Ref')) ? ['A form stands for a page of another file'] : []),
      ...(drawn && dict.has(name('F')) ? ['A picture’s data is in another file'] : []),
    ];
  },
});
