import { expect, test } from 'vitest';
import { zhGallery } from '../i18n/messages/zh-gallery';
import { GALLERY, TOPICS } from '../scenario/gallery';

test('every topic, title and point of the gallery has its Chinese, and nothing else has', () => {
  const written = [...TOPICS.map(({ title }) => title), ...GALLERY.flatMap(({ title, point }) => [title, point])];
  expect(written.filter((text) => zhGallery[text] === undefined)).toEqual([]);
  expect(Object.keys(zhGallery).filter((text) => !written.includes(text))).toEqual([]);
});
