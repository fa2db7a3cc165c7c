import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, LINK_VERSION } from './share-link';

const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: größe-数\n';
const input = { to: 'user', kind: 'kubectl', payload: { command: 'get pods' }, atMs: 5, afterTimer: 9, afterStep: 3 };

describe('share link', () => {
  it('brings everything back', () => {
    const link = encodeLink({ text, inputs: [input], cursor: { step: 143 }, view: 'nodes', embed: true });
    expect(link).toMatch(/^s=z[\w-]+&t=143&view=nodes&embed$/);
    expect(decodeLink(`#${link}`)).toEqual({
      state: { text, inputs: [input], cursor: { step: 143 }, view: 'nodes', embed: true },
    });
  });

  it('opens at a time', () => {
    const link = encodeLink({ text, cursor: { timeMs: 12_340 } });
    expect(decodeLink(link)).toMatchObject({ state: { cursor: { timeMs: 12_340 } } });
    expect(decodeLink(`${encodeLink({ text })}&t=2.5s`)).toMatchObject({ state: { cursor: { timeMs: 2500 } } });
    expect(decodeLink(`${encodeLink({ text })}&t=nonsense`)).toMatchObject({ state: { text, cursor: undefined } });
  });

  it('carries a long scenario', () => {
    const long = Array.from({ length: 2000 }, (_, index) => `key${index}: value`).join('\n');
    expect(decodeLink(encodeLink({ text: long }))).toMatchObject({ state: { text: long } });
  });

  it('says when it is cut, at every length', () => {
    const link = encodeLink({ text: text.repeat(5) });
    for (let length = 4; length < link.length; length++) {
      expect(decodeLink(link.slice(0, length)), `cut to ${length}`).toMatchObject({
        error: expect.stringContaining('damaged'),
      });
    }
  });

  it.each([
    ['', 'carries no scenario'],
    ['#x=1', 'carries no scenario'],
    ['s=q123', 'newer release'],
    ['s=z***', 'damaged'],
    ['s=zAAAA', 'damaged'],
  ])('refuses %j', (fragment, words) => {
    expect(decodeLink(fragment)).toMatchObject({ error: expect.stringContaining(words) });
  });

  it.each([
    ['inputs that are no list', { inputs: 'get pods' }],
    ['an input without a place', { inputs: [{ to: 'user', kind: 'kubectl' }] }],
    ['an edited text that is none', { edited: 3 }],
  ])('refuses %s', (_what, fields) => {
    const link = encodeLink({ text, ...fields } as unknown as Parameters<typeof encodeLink>[0]);
    expect(decodeLink(link)).toMatchObject({ error: expect.stringContaining('damaged') });
  });

  it('leaves out a view that is not encoded as it should be', () => {
    expect(decodeLink(`${encodeLink({ text })}&view=%zz`)).toMatchObject({ state: { text, view: undefined } });
  });

  it('names the format of a newer release', () => {
    const newer = encodeLink({ text }).replace(/^s=z/, 's=y');
    expect(decodeLink(newer)).toMatchObject({ error: expect.stringContaining('newer release') });
    expect(LINK_VERSION).toBe(1);
  });
});
