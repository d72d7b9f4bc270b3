import { describe, expect, it } from 'vitest';
import { findProduct } from '../../src/products/index.ts';

const of = (product: string, order: Record<string, unknown> = {}) => findProduct(product).mockUp(order);

describe('what a product looks like in the hand', () => {
  it('is a book where a front and a back lie beside each other, as thick as its spine', () => {
    const book = of('book-cover', { size: '6x9', pages: 240, printer: 'kdp', paper: 'white' });
    expect(book).toMatchObject({
      shape: 'book',
      height: 228.6,
      overhang: 0,
      binding: 'left',
      flapFront: null,
    });
    if (book.shape !== 'book') return;
    // KDP: 0.002252 in a page of white paper.
    expect(book.depth).toBeCloseTo(240 * 0.002252 * 25.4, 2);
    expect(book.front.box.width).toBeCloseTo(152.4, 6);
    expect(book.front.box.x).toBeCloseTo(152.4 + book.depth, 6);
  });

  it('has the flaps of a jacket, and turns the other way when it is bound on the right', () => {
    const book = of('dust-jacket', { size: 'a6', pages: 240, binding: 'right' });
    expect(book).toMatchObject({ shape: 'book', binding: 'right', flapFront: { box: { x: 0, width: 90 } } });
  });

  it('is as high as the book for an obi, and has boards for a case', () => {
    const obi = of('obi', { size: 'a6', pages: 240 });
    expect(obi).toMatchObject({ shape: 'book', height: 148 });
    expect(obi.shape === 'book' && obi.front.box.height).toBeLessThan(100);
    const wrap = of('case-wrap', { size: '6x9', pages: 240, printer: 'kdp-hardcover', spine: 16 });
    expect(wrap.shape === 'book' && wrap.overhang).toBeGreaterThan(1);
  });

  it('follows the declaration where panels do not say it', () => {
    expect(of('mug')).toMatchObject({ shape: 'cylinder', diameter: 82, wrap: { box: { width: 228.6 } } });
    expect(of('can-badge', { size: '57' })).toMatchObject({ shape: 'disc', diameter: 57.15 });
    const bag = of('tote');
    expect(bag.shape === 'bag' && bag.back.box.y).toBeCloseTo((33 / 2) * 25.4, 6);
    expect(of('t-shirt')).toMatchObject({ shape: 'shirt', dark: false, print: { page: 0 } });
    // White ink is for dark shirts.
    expect(of('t-shirt', { white: true })).toMatchObject({ shape: 'shirt', dark: true });
    expect(of('phone-case')).toMatchObject({ shape: 'phone-case', side: 5, camera: { x: 9, width: 38 } });
  });

  it('is a sheet for all else, with two sides where there are two pages, cut where it is cut', () => {
    expect(of('poster', { size: 'a3' })).toMatchObject({ shape: 'sheet', back: null, outline: null });
    expect(of('postcard')).toMatchObject({ shape: 'sheet', back: { page: 1 } });
    const badge = of('bookmark');
    expect(badge.shape).toBe('sheet');
  });
});
