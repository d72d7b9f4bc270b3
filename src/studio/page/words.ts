import { computed, signal } from '@preact/signals';
import { en, type Word } from './en.ts';
import { ja } from './ja.ts';
import { remembered } from './remembered.ts';

export const LANGUAGES = { en: 'English', ja: '日本語' } as const;
export type Language = keyof typeof LANGUAGES;

/** The user's choice, else what the browser asks for. */
export const language = remembered<Language>('language', navigator.language.startsWith('ja') ? 'ja' : 'en', [
  'en',
  'ja',
]);

const dictionary = computed(() => (language.value === 'ja' ? ja : en));

/** What the page says, in the user's language. */
export const t = (word: Word): string => dictionary.value[word];

/** Names of options and fields in Japanese; English ones are made from the declaration's own name. */
const JAPANESE: Readonly<Record<string, string>> = {
  size: 'サイズ',
  pages: 'ページ数',
  paper: '用紙',
  spine: '背幅',
  binding: '綴じ',
  printer: '印刷所',
  override: '数値の置き換え',
  profile: 'プロファイル',
  condition: '印刷条件',
  standard: '規格',
  intent: 'レンダリング',
  black: '黒',
  lossless: '非圧縮',
  ppi: '解像度 (ppi)',
  upscaler: '拡大方法',
  bleedFill: '塗り足しの埋め方',
  sheet: '面付け用紙',
  copies: '部数',
  gutter: 'ドブ',
  flip: '両面の返し',
  ruler: '物差し',
  allowUnreleased: '未確認の画像も使う',
  title: '題名',
  subtitle: '副題',
  author: '著者',
  blurb: '紹介文',
  publisher: '出版社',
  isbn: 'ISBN',
  price: '価格',
};

/** A declared name as people read it: `bleedFill` is "Bleed fill". */
export function labelOf(name: string): string {
  const own = language.value === 'ja' ? JAPANESE[name] : undefined;
  if (own !== undefined) return own;
  if (/^(ppi|isbn)$/.test(name)) return name === 'ppi' ? 'ppi' : 'ISBN';
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A short message that a screen reader speaks. */
export const announcement = signal('');
