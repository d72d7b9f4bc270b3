import { expect, test } from 'vitest';
import { tategaki } from '../../src/layout/tategaki.ts';

const set = (text: string) => tategaki(text, (plain) => plain.replace(/</g, '&lt;'));
const tcy = (text: string) => `<span class="tcy">${text}</span>`;

test.each([
  ['two digits stand upright together', '12の約束', `${tcy('12')}の約束`],
  ['one digit becomes full-width', '3匹の猫', '３匹の猫'],
  ['a year stands digit below digit', '2026年', '２０２６年'],
  ['two marks stand upright together', 'まさか!?', `まさか${tcy('!?')}`],
  ['one mark becomes full-width', '猫だ!', '猫だ！'],
  ['short capitals stand one below the other', 'AI時代', 'ＡＩ時代'],
  ['a word lies on its side', '猫とCatの話', '猫とCatの話'],
  ['long capitals lie on their side', 'NEWYORKの猫', 'NEWYORKの猫'],
  ['letters with digits stay one word', 'R2D2とiPhone15', 'R2D2とiPhone15'],
  ['a decimal stays one number', '3.14の夜', '3.14の夜'],
  ['the quotation dash becomes the em dash', '猫は――', '猫は——'],
  [
    'a Latin line lies down as a whole',
    'A cat, I know, has 9 or 12 lives!',
    'A cat, I know, has 9 or 12 lives!',
  ],
  ['a number beside Latin words lies with them', 'No. 20220908', 'No. 20220908'],
  ['a number alone stands', '1984', '１９８４'],
  ['markup is text', '<b>12</b>匹', `&lt;b>${tcy('12')}&lt;/b>匹`],
  ['kanji and kana stay', '吾輩は猫である。', '吾輩は猫である。'],
])('%s', (_, text, html) => {
  expect(set(text)).toBe(html);
});
