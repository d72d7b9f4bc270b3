import { PDFArray, PDFDict, PDFHexString, type PDFObject, PDFString } from 'pdf-lib';
import { name, nameOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { Layer } from '../model.ts';

/** Visibility expressions within each other, and the parts of one. */
const MAX_DEPTH = 32;
const MAX_PARTS = 10_000;

/** What a visibility expression was seen to name. */
interface Expression {
  readonly groups: Layer[];
  parts: number;
}

/**
 * Layers as a press sees them: what the default configuration switches off, and what a layer's own usage keeps
 * from print where the configuration follows it, does not print.
 */
export class Layers {
  readonly #pdf: Pdf;
  readonly #off = new Set<PDFDict>();
  readonly #known = new Map<PDFDict, Layer>();

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
    const properties = pdf.catalog && pdf.dict(pdf.catalog.get(name('OCProperties')));
    const config = properties && pdf.dict(properties.get(name('D')));
    if (!properties || !config) return;
    const groups = (owner: PDFDict, key: string) =>
      pdf.array(owner.get(name(key))).filter((item) => item instanceof PDFDict);
    if (nameOf(pdf.get(config, 'BaseState')) === 'OFF') {
      for (const group of groups(properties, 'OCGs')) this.#off.add(group);
      for (const group of groups(config, 'ON')) this.#off.delete(group);
    }
    for (const group of groups(config, 'OFF')) this.#off.add(group);
    for (const rule of groups(config, 'AS')) {
      if (nameOf(pdf.get(rule, 'Event')) !== 'Print') continue;
      for (const group of groups(rule, 'OCGs')) {
        const usage = pdf.dict(group.get(name('Usage')));
        const print = usage && pdf.dict(usage.get(name('Print')));
        const state = print && nameOf(pdf.get(print, 'PrintState'));
        if (state === 'OFF') this.#off.add(group);
        if (state === 'ON') this.#off.delete(group);
      }
    }
  }

  /** The layer of an optional content group or a membership dictionary; `null` for anything else. */
  read(object: PDFObject | undefined): Layer | null {
    const dict = this.#pdf.dict(object);
    if (!dict) return null;
    const known = this.#known.get(dict);
    if (known) return known;
    const type = nameOf(this.#pdf.get(dict, 'Type'));
    const layer = type === 'OCG' ? this.#group(dict) : type === 'OCMD' ? this.#membership(dict) : null;
    if (layer) this.#known.set(dict, layer);
    return layer;
  }

  #group(dict: PDFDict): Layer {
    return {
      name: textOf(this.#pdf.get(dict, 'Name')) ?? '',
      shown: !this.#off.has(dict),
      step: processingStep(this.#pdf, dict),
    };
  }

  #membership(dict: PDFDict): Layer {
    const pdf = this.#pdf;
    const expression: Expression = { groups: [], parts: 0 };
    const holds = this.#holds(dict.get(name('VE')), expression);
    const single = pdf.dict(dict.get(name('OCGs')));
    const members = single ? [single] : pdf.array(dict.get(name('OCGs'))).map((item) => pdf.dict(item));
    const groups =
      holds === null
        ? members.filter((member) => member !== null).map((member) => this.#group(member))
        : expression.groups;
    const shown = groups.map((group) => group.shown);
    const policy = nameOf(pdf.get(dict, 'P')) ?? 'AnyOn';
    const visible =
      holds ??
      (groups.length === 0 ||
        (policy === 'AllOn'
          ? shown.every(Boolean)
          : policy === 'AnyOff'
            ? !shown.every(Boolean)
            : policy === 'AllOff'
              ? !shown.some(Boolean)
              : shown.some(Boolean)));
    return {
      name: groups.map((group) => group.name).join(', '),
      shown: visible,
      step: groups.find(({ step }) => step)?.step ?? null,
    };
  }

  /**
   * Whether a visibility expression holds (ISO 32000-1, 8.11.2.2): a group, or `And`, `Or` or `Not` with more of them.
   * `null` for what is no expression: then `OCGs` and `P` count.
   * @param met receives what it names
   */
  #holds(object: PDFObject | undefined, met: Expression, depth = 0): boolean | null {
    const pdf = this.#pdf;
    met.parts++;
    if (depth > MAX_DEPTH || met.parts > MAX_PARTS) return null;
    const value = pdf.deref(object);
    if (value instanceof PDFDict) {
      const group = this.#group(value);
      met.groups.push(group);
      return group.shown;
    }
    if (!(value instanceof PDFArray)) return null;
    const [first, ...operands] = value.asArray();
    const operator = nameOf(pdf.deref(first));
    const answers: boolean[] = [];
    for (const operand of operands) {
      const answer = this.#holds(operand, met, depth + 1);
      if (answer === null) return null;
      answers.push(answer);
    }
    if (answers.length === 0) return null;
    if (operator === 'And') return answers.every(Boolean);
    if (operator === 'Or') return answers.some(Boolean);
    return operator === 'Not' && answers.length === 1 ? !answers[0] : null;
  }
}

/** What ISO 19593-1 says a layer is for; `null` for a plain layer. */
export function processingStep(pdf: Pdf, group: PDFDict): Layer['step'] {
  const metadata = pdf.dict(group.get(name('GTS_Metadata')));
  if (!metadata) return null;
  const word = (key: string) => {
    const value = pdf.get(metadata, key);
    return nameOf(value) ?? textOf(value);
  };
  const stepGroup = word('GTS_ProcStepsGroup');
  return stepGroup === null ? null : { group: stepGroup, type: word('GTS_ProcStepsType') };
}

export const textOf = (object: PDFObject | undefined): string | null =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : null;
