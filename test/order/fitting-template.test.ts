import { describe, expect, it } from 'vitest';
import { fieldsOf, listTemplates } from '../../src/layout/template.ts';
import { fittingTemplate, isAllSaid } from '../../src/order/fitting-template.ts';

const all = await listTemplates();
const chosen = (product: string, fields: Record<string, string> = {}, binding?: string) =>
  fittingTemplate(all, product, binding, (template) => isAllSaid(fieldsOf(template), fields))?.name;

describe('the template of an order that names none', () => {
  it('asks for nothing that the order does not say, where there is such a one', () => {
    expect(chosen('postcard')).toBe('shop-card');
    expect(chosen('postcard', { greeting: '賀正' })).toBe('nenga');
    expect(chosen('postcard', { greeting: ' ' })).toBe('shop-card');
    expect([chosen('sticker-sheet'), chosen('sticker-sheet', { title: 'Cats' })]).toEqual([
      'gang',
      'confetti',
    ]);
  });

  it('is the first where none is content, of those that read in the direction of the binding', () => {
    expect(chosen('book-cover')).toBe('quarter');
    expect(chosen('book-cover', {}, 'right')).toBe('bungei');
    expect(chosen('no-product')).toBeUndefined();
  });
});
