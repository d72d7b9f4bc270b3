import type { ListedTemplate, ShownFinding } from '../protocol.ts';
import { inJapanese as errorInJapanese, type Said } from './ja-errors.ts';
import { JA_FINDINGS } from './ja-findings.ts';
import { JA_HELP } from './ja-help.ts';
import { JA_PLACES, JA_STAGES } from './ja-places.ts';
import { language } from './words.ts';

/** What declarations say, in the user's language; what nobody has translated stays as it was declared. */

const inJapanese = (words: Readonly<Record<string, string>>, text: string): string =>
  language.value === 'ja' && Object.hasOwn(words, text) ? words[text]! : text;

/** What an option is for. */
export const helpOf = (description: string): string => inJapanese(JA_HELP, description);

/** A page or a part of one, as its product calls it: `front`, `flap-back`. */
export function placeName(name: string): string {
  const [, base = name, number = ''] = /^(.*?)(?:-(\d+))?$/.exec(name)!;
  const said = inJapanese(JA_PLACES, base);
  return said === base ? name : `${said}${number}`;
}

/** What is being worked at: `preparing the picture 2/12`. */
export function stageText(stage: string): string {
  const numbers = stage.match(/\d+/g) ?? [];
  return inJapanese(JA_STAGES, stage.replace(/\d+/g, '#')).replace(/#/g, () => numbers.shift() ?? '');
}

export const templateTitle = ({ title, translations }: ListedTemplate): string =>
  translations[language.value]?.title ?? title;

/** What a template's field is for. */
export const fieldHelp = (
  { translations }: ListedTemplate,
  { name, description }: ListedTemplate['fields'][number],
): string => translations[language.value]?.fields[name] ?? description;

/** What is wrong with an order, and what to do. */
export const errorWords = (said: Said): Said => (language.value === 'ja' ? errorInJapanese(said) : said);

/** What a finding is about and what to do; in English its own message says the first better than its rule's title. */
export function findingWords({ rule, hint }: ShownFinding): { title: string | null; hint: string } {
  const own = language.value === 'ja' && Object.hasOwn(JA_FINDINGS, rule) ? JA_FINDINGS[rule]! : null;
  return { title: own?.title ?? null, hint: own?.hint ?? hint };
}
