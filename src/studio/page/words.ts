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

/** A short message that a screen reader speaks. */
export const announcement = signal('');
