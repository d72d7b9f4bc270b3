import { describe, expect, test } from 'vitest';
import { stampOf, stampOfName, stampOfText } from '../../src/catalogue/id.ts';

describe('timestamps', () => {
  test.each([
    ['20220912034858.png', '20220912034858'],
    ['20220912034858-2.png', '20220912034858'],
    ['2022-09-12_03-48-58.jpg', '20220912034858'],
    ['20220912_034858-foo.webp', '20220912034858'],
    ['cat 2022.09.12 03.48.58.png', '20220912034858'],
    ['seed-1234567890-20240229235959.png', '20240229235959'],
  ])('in the name %s', (name, stamp) => expect(stampOfName(name)).toBe(stamp));

  test.each([
    ['20230229120000.png', 'no such day'],
    ['20221301120000.png', 'no such month'],
    ['20220912240000.png', 'no such hour'],
    ['12345678901234.png', 'a year too early'],
    ['120220912034858.png', '15 digits'],
    ['20220912034858123.png', '17 digits'],
    ['00012-3782896554.png', 'a counter and a seed'],
    ['cat.png', 'no digits'],
  ])('none in the name %s: %s', (name) => expect(stampOfName(name)).toBeNull());

  test.each([
    ['2022:09:12 03:48:58', '20220912034858'],
    ['2022-09-12T03:48:58', '20220912034858'],
    ['2026-01-04T01:27:21.2717070Z', '20260104012721'],
    ['2022-09-12T03:48:58+09:00', '20220911184858'],
    ['2022:09:12 03:48:58-0330', '20220912071858'],
    ['Mon, 12 Sep 2022 03:48:58 GMT', '20220912034858'],
  ])('of the date %s', (text, stamp) => expect(stampOfText(text)).toBe(stamp));

  test.each(['', '0000:00:00 00:00:00', '2026-01-03', '2.9481947422027588e-05', '2022:13:12 03:48:58'])(
    'none of %j',
    (text) => expect(stampOfText(text)).toBeNull(),
  );

  test('the name comes before the metadata, the metadata before the file', () => {
    const modified = new Date('2020-01-02T03:04:05.900Z');
    const dates = ['nonsense', '2021:01:02 03:04:05'];
    expect(stampOf('20220912034858.png', dates, modified)).toEqual({
      stamp: '20220912034858',
      idOrigin: 'file name',
    });
    expect(stampOf('a.png', dates, modified)).toEqual({ stamp: '20210102030405', idOrigin: 'metadata' });
    expect(stampOf('a.png', [], modified)).toEqual({ stamp: '20200102030405', idOrigin: 'file date' });
  });
});
