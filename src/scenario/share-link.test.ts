import { createHash } from 'node:crypto';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pack } from './link-packing';
import { LINK_WORDS } from './link-words';
import { decodeLink, encodeLink, isLink, LINK_VERSION } from './share-link';

const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: größe-数\n';
const input = { to: 'user', kind: 'kubectl', payload: { command: 'get pods' }, atMs: 5, afterTimer: 9, afterStep: 3 };
const damaged = { error: expect.stringContaining('This link is damaged') };

/** A link as the first release made them. */
const first = (payload: object): string =>
  `s=z${Buffer.from(deflateSync(strToU8(JSON.stringify(payload)), { level: 9 })).toString('base64url')}`;

describe('share link', () => {
  it('brings everything back', () => {
    const link = encodeLink({ text, inputs: [input], cursor: { step: 143 }, view: 'nodes', embed: 'all' });
    expect(link).toMatch(/^s=d[\w-]+&t=143&view=nodes&embed$/);
    expect(decodeLink(`#${link}`)).toEqual({
      state: { text, inputs: [input], cursor: { step: 143 }, view: 'nodes', embed: 'all' },
    });
  });

  it('carries who hands it in, and what was answered', () => {
    const handIn = {
      who: 'Ana',
      answers: [
        { chapter: 1, given: '4' },
        { chapter: 2, inputs: [] },
      ],
    };
    expect(decodeLink(encodeLink({ text: 'a', handIn }))).toMatchObject({ state: { handIn } });
    expect(decodeLink(encodeLink({ text: 'a' }))).not.toHaveProperty('state.handIn');
  });
  it.each([
    { who: 'x'.repeat(201), answers: [] },
    { who: 'a', answers: [{ chapter: -1 }] },
    { who: 'a', answers: [{ chapter: 0, given: 3 }] },
    { who: 'a', answers: [{ chapter: 0, inputs: [{}] }] },
    { who: 'a', answers: 'none' },
  ])('does not take %j for a hand-in', (handIn) => {
    expect(decodeLink(encodeLink({ text: 'a', handIn: handIn as never }))).toHaveProperty('error');
  });
  it('carries selection, tab, language and all branches, where they are wanted', () => {
    const first = { id: 0, parent: null, fromStep: 0, fromMs: 0, label: 'main', inputs: [] };
    const fork = { id: 3, parent: 0, fromStep: 3, fromMs: 5, label: 'scale', inputs: [input] };
    const run = { branches: [first, fork], current: 3, continued: [] };
    const looks = { select: 'Custom.x/a b/c&d', tab: 'yaml', lang: 'zh' };
    const link = encodeLink({ text, inputs: [input], run, ...looks });
    expect(link).toContain('&select=Custom.x/a%20b/c%26d&tab=yaml&lang=zh');
    expect(decodeLink(link)).toMatchObject({ state: { text, inputs: [input], run, ...looks } });
    // One branch is what `inputs` say.
    expect(decodeLink(encodeLink({ text, run: { ...run, branches: [first], current: 0 } }))).not.toHaveProperty(
      'state.run',
    );
    for (const bad of [
      { branches: [fork, first] },
      { branches: [first, { ...fork, parent: 9 }] },
      { branches: [first, { ...fork, id: 0 }] },
      { branches: [first, { ...fork, id: '__proto__' }] },
      { branches: [first, { ...fork, fromStep: -1 }] },
      { branches: [first, { ...fork, label: 'x'.repeat(3_000) }] },
      { branches: [first, { ...fork, inputs: [{ ...input, kind: 'evil' }] }] },
      { branches: [first, { ...fork, more: 1 }] },
      { branches: Array.from({ length: 501 }, (_, id) => ({ ...fork, id, parent: id === 0 ? null : 0 })), current: 0 },
      { current: 7 },
      { continued: [7] },
      { continued: 'all' },
    ]) {
      expect(decodeLink(encodeLink({ text, run: { ...run, ...bad } as never })), JSON.stringify(bad)).toMatchObject(
        damaged,
      );
    }
  });
  it('opens at a time', () => {
    const link = encodeLink({ text, cursor: { timeMs: 12_340 } });
    expect(decodeLink(link)).toMatchObject({ state: { cursor: { timeMs: 12_340 } } });
    expect(decodeLink(`${encodeLink({ text })}&t=2.5s`)).toMatchObject({ state: { cursor: { timeMs: 2500 } } });
    expect(decodeLink(`${encodeLink({ text })}&t=1m30s`)).toMatchObject({ state: { cursor: { timeMs: 90_000 } } });
    expect(decodeLink(`${encodeLink({ text })}&t=100h`)).toMatchObject({ state: { cursor: { timeMs: 360_000_000 } } });
    for (const bad of ['nonsense', '-3s', '2.5', '9999999999999999h', '5x']) {
      expect(decodeLink(`${encodeLink({ text })}&t=${bad}`), bad).toMatchObject(damaged);
    }
  });

  it('carries a long scenario', () => {
    const long = Array.from({ length: 2000 }, (_, index) => `key${index}: value`).join('\n');
    expect(decodeLink(encodeLink({ text: long }))).toMatchObject({ state: { text: long } });
  });

  it('says when it is cut, at every length', () => {
    const link = encodeLink({ text: text.repeat(5) });
    for (let length = 2; length < link.length; length++) {
      expect(decodeLink(link.slice(0, length)), `cut to ${length}`).toMatchObject(damaged);
    }
  });

  it('notices every character that was changed, left out or added', () => {
    const link = encodeLink({ text: text.repeat(3), inputs: [input] });
    for (let at = 0; at < link.length; at++) {
      for (const other of ['', 'A', 'B', 'z', '_', '&', '=', `${link[at]}${link[at]}`]) {
        if (other === link[at]) continue;
        const changed = link.slice(0, at) + other + link.slice(at + 1);
        expect(isLink(changed), changed).toBe(true);
        expect(decodeLink(changed), `${at}: ${link[at]} → ${other}`).toMatchObject(damaged);
      }
    }
  });

  it.each([
    ['', 'carries no scenario'],
    ['#embed&view=nodes', 'carries no scenario'],
    ['#x=1', 'damaged'],
    ['s=q123', 'damaged'],
    ['s=c', 'damaged'],
    ['s=z***', 'damaged'],
    ['s=zAAAA', 'damaged'],
    [`${encodeLink({ text })}&view=%zz`, 'damaged'],
    [`${encodeLink({ text })}&veiw=nodes`, 'damaged'],
    [`${encodeLink({ text })}&s=`, 'damaged'],
  ])('refuses %j', (fragment, words) => {
    expect(decodeLink(fragment)).toMatchObject({ error: expect.stringContaining(words) });
  });

  it.each([
    ['inputs that are no list', { inputs: 'get pods' }],
    ['an input without a place', { inputs: [{ to: 'user', kind: 'kubectl', payload: { command: 'get pods' } }] }],
    ['a time that is no whole number', { inputs: [{ ...input, atMs: 0.5 }] }],
    ['a time that is too large', { inputs: [{ ...input, atMs: 1e300 }] }],
    ['a negative step', { inputs: [{ ...input, afterStep: -1 }] }],
    ['a command that is none', { inputs: [{ ...input, payload: { command: ['get'] } }] }],
    ['a command with more than it has', { inputs: [{ ...input, payload: { command: 'get', as: 'root' } }] }],
    ['an input for another component', { inputs: [{ ...input, to: 'kubelet/node-1' }] }],
    ['an unknown kind', { inputs: [{ ...input, kind: '__proto__' }] }],
    ['a manifest that is none', { inputs: [{ ...input, kind: 'apply', payload: { documents: [null] } }] }],
    [
      'a manifest without a kind',
      { inputs: [{ ...input, kind: 'apply', payload: { documents: [{ apiVersion: 'v1' }] } }] },
    ],
    ['an unknown fault', { inputs: [{ ...input, to: 'fault', kind: 'fault', payload: { type: 'meteor' } }] }],
    [
      'a fault of another shape',
      { inputs: [{ ...input, to: 'fault', kind: 'heal', payload: { type: 'node-crash', node: ['a'] } }] },
    ],
    ['a node of no capacity', { inputs: [{ ...input, kind: 'join', payload: { name: 'n', capacity: 'x' } }] }],
    ['a node with more than it has', { inputs: [{ ...input, kind: 'join', payload: { name: 'n', count: 9 } }] }],
    [
      'more nodes than anyone adds',
      { inputs: Array.from({ length: 101 }, (_, at) => ({ ...input, kind: 'join', payload: { name: `n-${at}` } })) },
    ],
    ['an edited text that is none', { edited: 3 }],
  ])('refuses %s', (_what, fields) => {
    expect(decodeLink(encodeLink({ text, ...fields } as unknown as Parameters<typeof encodeLink>[0]))).toMatchObject(
      damaged,
    );
  });

  it.each([
    ['a command', { to: 'user', kind: 'kubectl', payload: { command: 'apply -f -', stdin: 'kind: Pod' } }],
    ['manifests', { to: 'user', kind: 'apply', payload: { documents: [{ apiVersion: 'v1', kind: 'Pod' }] } }],
    ['a fault', { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', forMs: 500 } }],
    [
      "the first release's word for one",
      { to: 'fault', kind: 'inject', payload: { type: 'node-crash', node: 'node-1' } },
    ],
    ['a node', { to: 'user', kind: 'join', payload: { name: 'n-4', labels: { a: 'b' }, capacity: { cpu: '4' } } }],
    ['its end', { to: 'fault', kind: 'heal', payload: { type: 'node-crash', node: 'node-1' } }],
  ])('carries %s', (_what, done) => {
    const inputs = [{ ...done, atMs: 1, afterTimer: 2, afterStep: 3 }];
    expect(decodeLink(encodeLink({ text, inputs }))).toMatchObject({ state: { inputs } });
  });

  it('names the format of a newer release, and takes no garbage for one', () => {
    expect(LINK_VERSION).toBe(2);
    const newer = pack(JSON.stringify({ v: LINK_VERSION + 1, text }));
    expect(decodeLink(`s=${newer}`)).toMatchObject({
      error: expect.stringMatching(/newer release .*format 3; .*up to 2/),
    });
    for (const v of [0, -1, 1.5, '2', undefined])
      expect(decodeLink(`s=${pack(JSON.stringify({ v, text }))}`)).toMatchObject(damaged);
    // Made by a release that packs in another way: its check holds.
    expect(decodeLink('s=qAQIDWDpB6g')).toMatchObject({ error: expect.stringContaining('newer release') });
    expect(decodeLink('s=qAQIDWDpBAg')).toMatchObject(damaged);
  });

  it('does not unpack what would become enormous', () => {
    const bomb = pack(JSON.stringify({ v: LINK_VERSION, text: ' '.repeat(40_000_000) }));
    expect(bomb.length).toBeLessThan(60_000);
    expect(decodeLink(`s=${bomb}`)).toMatchObject(damaged);
    expect(decodeLink(`s=c${'A'.repeat(5_000_000)}`)).toMatchObject(damaged);
  });
});

describe('links made before', () => {
  const configMap = { text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' };
  it('open, whatever came since: without the words of links, and with them', () => {
    const before =
      's=cBUAxCoAwDPxKyOyiY1ZnV6cuAaME6bVoKELp36VzY1kmDvuChbX6bs_rBUJtTrgdh9BacPq1aU3IFnpoqFCHZhPSkcDjBzt8XPk';
    expect(decodeLink(before)).toMatchObject({ state: configMap });
    // Not made anew here: the words must not change.
    expect(decodeLink('s=dQxtXI9iGgxfYsGwA8r9SLQDHZWGw')).toMatchObject({ state: configMap });
  });
  it('find the words that they were packed with to the last character: a check of the packed bytes does not notice others', () => {
    expect(createHash('sha256').update(LINK_WORDS).digest('hex')).toBe(
      '7c83d2da96ce1df5fefee0bcaec1dcd525413911e271c53323313cffe833f4eb',
    );
  });
});

describe('links of the first release', () => {
  it('open', () => {
    expect(decodeLink(`${first({ v: 1, text, inputs: [input] })}&t=7`)).toMatchObject({
      state: { text, inputs: [input], cursor: { step: 7 } },
    });
    // Made by that release, not here.
    expect(
      decodeLink('s=zBUAxCoAwDPxKyOzimtXZ1alLoFGC9Fo0FKH07zK4s6wLh33Bwtr8sOf1CqG-JtyOLLRVnH7t2hKKhWYNFRrQYkI6E3j-'),
    ).toMatchObject({ state: { text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' } });
  });

  it('do not pass for others, nor others for them', () => {
    expect(decodeLink(first({ v: 2, text }))).toMatchObject(damaged);
    expect(decodeLink(`s=${pack(JSON.stringify({ v: 1, text }))}`)).toMatchObject(damaged);
  });

  it.each([
    [
      'one character changed: "replicas: 3" had become "replicas: 4"',
      's=zdZRPb9swDMW_CuFeY7fOBmwVsAHFhu2yQ4GsO_nCyEys1ZYEifmHot99lOw4xZD6EFik_ML3e5Zfin2h6kXBdORCFTfwAN_J9-40kGVwFrgLRGBdS3EBaFtAsHQAM-CWADdMAZZ3EEk728aqsTfwrUObevbEnbFbJRIEut_FtHfj-t4dYgUrJr-AQAdj20k4PqeHwK3_kmY4dCcwDHQ0kZMwevOHQjTOKnjerUnkfNXS_nZfY-87rBv7LFoKVposBuMaOxBji4yqsQAWB1KwMSFy2Zttx42NnnTuseFemk3xI7Uht5U4DTKtWICdFxlqirRXQOhgPOdBvpapBPA7UwpCzmiM4DZgt8YeYU2CIDFbUdgbTRU8cOaVoYwQdeY10U3lNwEkRdQUhUSER9fKjUSyCzbmuQEOhjuohRIHzAI1DCbGNDQm0pTgMgxObH0cFTLRkbhYJZTFEjBIYns0Pa57uRPuewonyJCz613A0fJySGvUaTVOUcILCq7lnXhIyWjulbwRPPlrZzu3B1qPYL7kX1VX91X92tiyFI5vA0bvowR7jvRC5GqoIpsWMjv1Uck03ueiKM8Rn7NR8DEto_Bi2p4mjFPQTzlnURjwuNqFrdzWC5DFk53hSEl0RYF6cerCpDAg6-7XlQnk7aJBUhTdaedbA-m6Nneqz7OnS84Xo7ECaC6Vk_3M8lyEkfpUFcKfqvtLz7vAF4EkMes-SkvB57tLMxC20onxMbj1efrx6pj9T5L9Lx65U3C7yNLp-Wn46f9IDmK7Gr8O8opcifqS8nRG3o94BjKz_4_ZxV45z9PY4vUf',
    ],
    [
      'fractional time',
      's=zHY4xDoMwDAC_EnlGVRm6ZO3M1KpL6eCCQRHEiYhBraL8HcPmO8snZ9jA1hUI_QQsYHQvWpILbM1Wtzw57q25Bx7c2GBs2ZNgj4LWZEZP1mBpGSpwHFdJYN8ZJGhoTbSoPu6VpvVLncwqIv7ngOoydMF7PNcjiYmhT1AqQGk0c73cdByElqfzWjpePPEhFJXKp-w',
    ],
    [
      'no payload',
      's=zNYyxDsIwDER_JfLcoUVi8crcCcRCGQx1UVTqRIlTIUX5d8zAdvf07irsgEMHyh8FBIr-yin7IOj2YZLVy4zuFGTxr5HiJBsrzaSErgptjI7aJNCBl1g0A94qaLCjkjkZ_u2treXBT30bIB3NGvre4qKcLn4zEQ__flaOgMd2b18',
    ],
    [
      'unknown kind',
      's=zNYyxDsIwDER_JfLcoUVi8crcCcRCGSzqVhHEiRq3Kory7xgktnt3uldgA-waUN4VECj5Ky_ZR0G3dYM8vYzoTlEmP_eUBgmsNJISuiIUGB3VQaABL2nVDHgroNFEa-bF6u_faLeY6P2KZFTgEUOg3zCzuhTHDLUB0t4EXdtanJSXiw_mwMOfz8oJ8Fjv9QM',
    ],
    [
      'negative duration',
      's=zTYyxCoNAEER_RbZW0IDNtqmtEtLEFEtckyO6d5yrROT-PWshpJs3M7wNFsAqB-WvAgIFd-M4OS-YLVUrHycdZmcvvXs1FFoZWakjJcw2oZExo9QK5OAkzDoB3jdQb6Ke5kGt3wV_GGgdPFljtzWwLeI7Lp6RprfNOxxdZdz72Ji0qFMOpHusytJirxyvbuQIeDr4ohwA6_RIPw',
    ],
    [
      'pod is a number',
      's=zTYy9CoNQDEZfRTJb0EKXrJ2dWrrUDqHGEqq5l2sURXz3xkKh2_dzOCtMgGUOxrMBAkW5cRokKGZTWetbtMHsHLSVV0Wx1p6NGjLCbFXqGTPaaoUcRONoA-B9BQsuamnszPdd8FcjLV0gXxxbIvvzDGokyunAs3yR4Pdpy4GscmFZFB5b43SVnhPg8dcvxnEnH9sH',
    ],
    [
      'a timer for any component',
      's=zNYyxDsIwDER_JfJcBEVi8crcCcRCGQxxq6iNE7VuVRTl3wlIbPfuTi_BClhXoLwpIFB0N55mFwTNWrcyOLFozkE61zcUW_GsZEkJTRLyjIZyK1CBk7joDHhPoKGIhuXJI-teguVdXQ5fU-m3EiO9x0CFEryC9_QbelYTg50hV0DaFFV9OJTYKU9X53kCPP75ohwBT_mRPw',
    ],
  ])('are refused when damaged or made up: %s', (_what, fragment) => {
    expect(decodeLink(fragment)).toMatchObject(damaged);
  });
});
