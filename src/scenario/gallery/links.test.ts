/** Whatever is chosen from the gallery, its link is short enough for every program on the way. */
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../share-link';
import { TOPICS } from './index';

const MOST_CHARACTERS = 2_000;
/** What comes before the fragment. */
const PLACE = 'https://kubestep.example.org/page/#';

describe('links of the gallery', () => {
  const entries = TOPICS.flatMap(({ entries }) => entries);
  it.each(entries)('$name fits into 2,000 characters', async ({ load, momentMs }) => {
    const link = encodeLink({ text: await load(), cursor: { timeMs: momentMs }, view: 'control-plane' });
    expect(`${PLACE}${link}`.length).toBeLessThan(MOST_CHARACTERS);
  });
});
